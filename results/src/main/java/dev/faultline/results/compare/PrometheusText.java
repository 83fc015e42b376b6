package dev.faultline.results.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads what a server answers to {@code GET /metrics}: the Prometheus text exposition format,
 * version 0.0.4. One sample a line:
 *
 * <pre>{@code
 * # TYPE etcd_disk_wal_fsync_duration_seconds histogram
 * etcd_disk_wal_fsync_duration_seconds_bucket{le="0.001"} 5
 * etcd_server_has_leader 1 1395066363000
 * }</pre>
 *
 * <p>Comments, types and timestamps are passed over. So is a line that is no sample, and it is
 * counted: a server that prints one bad line still tells the rest. What is not read here:
 * OpenMetrics (exemplars), and the protocol-buffer formats.
 *
 * @param samples the samples, in the order of the text
 * @param malformedLines how many lines could not be read
 */
record PrometheusText(List<Sample> samples, int malformedLines) {

  /**
   * One value of one series.
   *
   * @param name the metric's name, of a histogram with {@code _bucket}, {@code _sum} or {@code
   *     _count}
   * @param labels its labels, unescaped
   * @param value the value; may be NaN or infinite
   */
  record Sample(String name, SortedMap<String, String> labels, double value) {

    Sample {
      labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }
  }

  PrometheusText {
    samples = List.copyOf(samples);
  }

  /** Reads {@code text}; whatever it is, this returns. */
  static PrometheusText parse(String text) {
    List<Sample> samples = new ArrayList<>();
    int malformed = 0;
    for (String line : text.split("\n", -1)) {
      String stripped = line.strip();
      if (stripped.isEmpty() || stripped.startsWith("#")) {
        continue;
      }
      Optional<Sample> sample = new Line(stripped).sample();
      sample.ifPresent(samples::add);
      malformed += sample.isPresent() ? 0 : 1;
    }
    return new PrometheusText(samples, malformed);
  }

  /** A line, and how far it was read. */
  private static final class Line {

    /** Thrown where the line is no sample. */
    private static final class MalformedException extends Exception {
      private static final long serialVersionUID = 1L;
    }

    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";

    private final String text;
    private int at;

    Line(String text) {
      this.text = text;
    }

    Optional<Sample> sample() {
      try {
        String name = name();
        skipBlanks();
        Map<String, String> labels = at('{') ? labels() : Map.of();
        return Optional.of(new Sample(name, new TreeMap<>(labels), value()));
      } catch (MalformedException | NumberFormatException _) {
        return Optional.empty();
      }
    }

    private String name() throws MalformedException {
      int from = at;
      while (at < text.length() && " \t{}=,\"".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      String name = text.substring(from, at);
      if (!name.matches(NAME)) {
        throw new MalformedException();
      }
      return name;
    }

    private Map<String, String> labels() throws MalformedException {
      Map<String, String> labels = new LinkedHashMap<>();
      expect('{');
      skipBlanks();
      while (!at('}')) {
        String name = name();
        skipBlanks();
        expect('=');
        skipBlanks();
        labels.put(name, quoted());
        skipBlanks();
        if (!at('}')) {
          expect(',');
          skipBlanks();
        }
      }
      expect('}');
      return labels;
    }

    private String quoted() throws MalformedException {
      StringBuilder value = new StringBuilder();
      expect('"');
      while (!at('"')) {
        char c = next();
        if (c != '\\') {
          value.append(c);
          continue;
        }
        char escaped = next();
        switch (escaped) {
          case 'n' -> value.append('\n');
          case '\\', '"' -> value.append(escaped);
          // Prometheus keeps what it knows no escape for.
          default -> value.append(c).append(escaped);
        }
      }
      expect('"');
      return value.toString();
    }

    private double value() throws MalformedException {
      String[] words = text.substring(at).strip().split("[ \t]+", -1);
      if (words.length > 2) {
        throw new MalformedException();
      }
      if (words.length == 2) {
        Long.parseLong(words[1]);
      }
      return switch (words[0]) {
        case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
        case "-Inf" -> Double.NEGATIVE_INFINITY;
        case "NaN" -> Double.NaN;
        default -> number(words[0]);
      };
    }

    private static double number(String word) throws MalformedException {
      // Java's own parser would also take 1f, 0x1p3 and Infinity.
      if (!word.matches("[-+]?[0-9]*\\.?[0-9]*([eE][-+]?[0-9]+)?")) {
        throw new MalformedException();
      }
      return Double.parseDouble(word);
    }

    private boolean at(char c) {
      return at < text.length() && text.charAt(at) == c;
    }

    private char next() throws MalformedException {
      if (at >= text.length()) {
        throw new MalformedException();
      }
      return text.charAt(at++);
    }

    private void expect(char c) throws MalformedException {
      if (next() != c) {
        throw new MalformedException();
      }
    }

    private void skipBlanks() {
      while (at(' ') || at('\t')) {
        at++;
      }
    }
  }
}
