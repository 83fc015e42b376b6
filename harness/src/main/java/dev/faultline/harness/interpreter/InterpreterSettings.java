package dev.faultline.harness.interpreter;

import java.time.Duration;
import java.util.List;

/**
 * How an interpreter is to work.
 *
 * @param nodes the nodes' names; thread {@code t} speaks to node {@code t % nodes.size()} only
 * @param concurrency how many threads there are, each with one operation under way at most
 * @param operationDeadline how long an operation may take once it was given to a client; longer
 *     than the client's own deadline, which says more about what happened
 * @param openDeadline how long the opening of a client may take
 */
public record InterpreterSettings(
    List<String> nodes, int concurrency, Duration operationDeadline, Duration openDeadline) {

  public InterpreterSettings {
    nodes = List.copyOf(nodes);
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("nodes must not be empty");
    }
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency must be at least 1, not " + concurrency);
    }
    positive(operationDeadline, "operationDeadline");
    positive(openDeadline, "openDeadline");
  }

  /** Returns the node that {@code thread} speaks to. */
  public String nodeOf(int thread) {
    return nodes.get(thread % nodes.size());
  }

  private static void positive(Duration duration, String name) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(name + " must be above zero, not " + duration);
    }
  }
}
