package dev.faultline.raft.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * The metrics of one node, written out in the Prometheus text format 0.0.4. Thread-safe.
 *
 * <p>Metrics of one name but different labels form a family; they share type and help text.
 */
public final class Metrics {

  private static final double INTEGRAL_LIMIT = 1e15;

  private final Map<String, Family> families = new LinkedHashMap<>();

  /** Makes an empty registry. */
  public Metrics() {}

  /**
   * Registers a counter.
   *
   * @throws IllegalArgumentException if the name is registered already
   */
  public Counter counter(String name, String help) {
    return counter(name, help, Map.of());
  }

  /**
   * Registers a counter with labels.
   *
   * @throws IllegalArgumentException if the name is registered already with the same labels, or as
   *     another type
   */
  public Counter counter(String name, String help, Map<String, String> labels) {
    var counter = new Counter();
    register(
        name,
        help,
        "counter",
        labels(labels),
        (out, text) -> sample(out, name, text, Long.toString(counter.count())));
    return counter;
  }

  /**
   * Registers a gauge whose value is asked for at every {@link #render()}, by the rendering thread.
   *
   * @throws IllegalArgumentException if the name is registered already
   */
  public void gauge(String name, String help, DoubleSupplier value) {
    gauge(name, help, Map.of(), value);
  }

  /**
   * Registers a gauge with labels.
   *
   * @throws IllegalArgumentException if the name is registered already with the same labels, or as
   *     another type
   */
  public void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
    register(
        name,
        help,
        "gauge",
        labels(labels),
        (out, text) -> sample(out, name, text, number(value.getAsDouble())));
  }

  /**
   * Registers a histogram of durations.
   *
   * @param upperBoundsSeconds the inclusive upper bounds of the buckets, growing; one more is added
   *     for what lies beyond
   * @throws IllegalArgumentException if the name is registered already with the same labels, or as
   *     another type
   */
  public Histogram histogram(
      String name, String help, Map<String, String> labels, double[] upperBoundsSeconds) {
    var histogram = new Histogram(upperBoundsSeconds);
    register(
        name, help, "histogram", labels(labels), (out, text) -> histogram.render(out, name, text));
    return histogram;
  }

  /** Returns every metric in the Prometheus text format 0.0.4, in the order of registration. */
  public String render() {
    var out = new StringBuilder();
    synchronized (families) {
      families.forEach((name, family) -> family.render(out, name));
    }
    return out.toString();
  }

  private void register(String name, String help, String type, String labels, Writer writer) {
    synchronized (families) {
      Family family =
          families.computeIfAbsent(name, _ -> new Family(help, type, new LinkedHashMap<>()));
      if (!family.type.equals(type) || family.members.putIfAbsent(labels, writer) != null) {
        throw new IllegalArgumentException(
            "metric %s{%s} is registered already, as a %s".formatted(name, labels, family.type));
      }
    }
  }

  private static String labels(Map<String, String> labels) {
    var text = new StringBuilder();
    labels.forEach((name, value) ->
        text.append(text.isEmpty() ? "" : ",")
            .append(name)
            .append("=\"")
            .append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
            .append('"'));
    return text.toString();
  }

  static void sample(StringBuilder out, String name, String labels, String value) {
    out.append(name);
    if (!labels.isEmpty()) {
      out.append('{').append(labels).append('}');
    }
    out.append(' ').append(value).append('\n');
  }

  /** Writes whole numbers without a fraction, as people expect to read a count. */
  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < INTEGRAL_LIMIT
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private interface Writer {
    void write(StringBuilder out, String labels);
  }

  private record Family(String help, String type, Map<String, Writer> members) {

    void render(StringBuilder out, String name) {
      String text = help.replace("\\", "\\\\").replace("\n", "\\n");
      out.append("# HELP ").append(name).append(' ').append(text).append('\n');
      out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
      members.forEach((labels, writer) -> writer.write(out, labels));
    }
  }
}
