package dev.faultline.results;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Reports runs to CI servers in the XML that they know from JUnit: one {@code testsuite} for each
 * workload, one {@code testcase} for each run.
 *
 * <p>A violation is a {@code failure}, and so is a missed limit; what could not be judged is an
 * {@code error}. Seed, directory and the commands are properties of the case and stand in {@code
 * system-out} again, because many readers ignore the properties of a case.
 */
public final class JunitXml {

  private static final String VALID = "VALID";
  private static final String INVALID = "INVALID";

  private JunitXml() {}

  /** Writes the report of {@code runs} to {@code file}. */
  public static void write(Path file, List<FinishedRun> runs) throws IOException {
    Files.writeString(file, render(runs), StandardCharsets.UTF_8);
  }

  /** Returns the report of {@code runs}. */
  public static String render(List<FinishedRun> runs) {
    Map<String, List<FinishedRun>> suites = new LinkedHashMap<>();
    runs.forEach(
        run -> suites.computeIfAbsent(run.summary().workload(), _ -> new ArrayList<>()).add(run));
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuites");
      counts(xml, runs);
      for (Map.Entry<String, List<FinishedRun>> suite : suites.entrySet()) {
        suite(xml, suite.getKey(), suite.getValue());
      }
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing XML to memory failed", e);
    }
    return text + "\n";
  }

  private static void suite(XMLStreamWriter xml, String workload, List<FinishedRun> runs)
      throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testsuite");
    attribute(xml, "name", workload);
    counts(xml, runs);
    attribute(xml, "timestamp", runs.getFirst().summary().started().toString());
    for (FinishedRun run : runs) {
      testcase(xml, run);
    }
    xml.writeCharacters("\n  ");
    xml.writeEndElement();
  }

  private static void counts(XMLStreamWriter xml, List<FinishedRun> runs)
      throws XMLStreamException {
    long failures = runs.stream().filter(run -> outcome(run).equals("failure")).count();
    long errors = runs.stream().filter(run -> outcome(run).equals("error")).count();
    long nanos = runs.stream().mapToLong(run -> run.summary().durationNanos()).sum();
    attribute(xml, "tests", Integer.toString(runs.size()));
    attribute(xml, "failures", Long.toString(failures));
    attribute(xml, "errors", Long.toString(errors));
    attribute(xml, "skipped", "0");
    attribute(xml, "time", seconds(nanos));
  }

  private static void testcase(XMLStreamWriter xml, FinishedRun run) throws XMLStreamException {
    RunSummary summary = run.summary();
    xml.writeCharacters("\n    ");
    xml.writeStartElement("testcase");
    attribute(xml, "name", run.title());
    attribute(xml, "classname", "faultline." + summary.system() + "." + summary.workload());
    attribute(xml, "time", seconds(summary.durationNanos()));
    xml.writeCharacters("\n      ");
    xml.writeStartElement("properties");
    property(xml, "seed", summary.seed());
    for (String command : summary.again()) {
      property(xml, "again", command);
    }
    property(xml, "recheck", summary.recheck());
    property(xml, "directory", run.directory().toString());
    xml.writeCharacters("\n      ");
    xml.writeEndElement();
    String outcome = outcome(run);
    if (!outcome.isEmpty()) {
      xml.writeCharacters("\n      ");
      xml.writeStartElement(outcome);
      attribute(xml, "type", summary.verdict());
      attribute(xml, "message", run.sentence());
      xml.writeCharacters(clean(run.screen()));
      xml.writeEndElement();
    }
    xml.writeCharacters("\n      ");
    xml.writeStartElement("system-out");
    xml.writeCharacters(clean("seed " + summary.seed() + "\n" + run.screen()));
    xml.writeEndElement();
    xml.writeCharacters("\n    ");
    xml.writeEndElement();
  }

  /** Returns the element that tells how the run ended; empty if it passed. */
  private static String outcome(FinishedRun run) {
    RunSummary summary = run.summary();
    boolean passed = summary.verdict().equals(VALID) && summary.exitCode() == 0;
    boolean missedLimit = summary.exitCode() == ExitCode.LIMIT_MISSED.status();
    if (passed) {
      return "";
    }
    return summary.verdict().equals(INVALID) || missedLimit ? "failure" : "error";
  }

  private static void property(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    xml.writeCharacters("\n        ");
    xml.writeEmptyElement("property");
    attribute(xml, "name", name);
    attribute(xml, "value", value);
  }

  private static void attribute(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    xml.writeAttribute(name, clean(value));
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / 1e9);
  }

  /** Writes out what XML 1.0 cannot hold, even escaped: control characters and lone surrogates. */
  private static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          boolean legal =
              c == '\t'
                  || c == '\n'
                  || c == '\r'
                  || (c >= 0x20 && c <= 0xD7FF)
                  || (c >= 0xE000 && c <= 0xFFFD)
                  || c >= 0x10000;
          if (legal) {
            clean.appendCodePoint(c);
          } else {
            clean.append(String.format(Locale.ROOT, "\\u%04x", c));
          }
        });
    return clean.toString();
  }
}
