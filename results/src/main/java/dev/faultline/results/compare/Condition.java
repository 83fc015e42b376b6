package dev.faultline.results.compare;

import java.util.Collection;

/**
 * What clients got while one condition held: during one kind of fault, say, or outside of all.
 *
 * <p>An operation belongs to a condition if the condition held at any moment at which the operation
 * was in flight. So it can belong to several kinds of fault, but never to a kind and to the time
 * outside of all; and to one kind once, however many windows of the kind it met. Throughput counts
 * by the moment of completion instead, because it is divided by time.
 *
 * @param nanos for how long the condition held, in nanoseconds
 * @param okCompleted operations that completed {@code ok} while it held
 * @param answered operations in flight in it that the system answered: {@code ok}, or a refused
 *     compare-and-set
 * @param total operations in flight in it
 * @param latencies the latencies of those that succeeded
 */
public record Condition(
    long nanos, long okCompleted, long answered, long total, Latencies latencies) {

  private static final double NANOS_IN_SECOND = 1e9;

  /** Returns what clients got while the condition held in any of several runs. */
  public static Condition merged(Collection<Condition> parts) {
    return new Condition(
        parts.stream().mapToLong(Condition::nanos).sum(),
        parts.stream().mapToLong(Condition::okCompleted).sum(),
        parts.stream().mapToLong(Condition::answered).sum(),
        parts.stream().mapToLong(Condition::total).sum(),
        Latencies.merged(parts.stream().map(Condition::latencies).toList()));
  }

  /** Returns the throughput in {@code ok} operations a second; 0 if the condition never held. */
  public double okPerSecond() {
    return nanos == 0 ? 0 : okCompleted / (nanos / NANOS_IN_SECOND);
  }
}
