package dev.faultline.workloads.generator;

import dev.faultline.workloads.client.Operation;

/**
 * An operation for a thread, at a time.
 *
 * @param timeNanos the earliest time to invoke it, in nanoseconds since the run began
 * @param thread the thread that is to perform it
 * @param operation what to perform
 */
public record Invocation(long timeNanos, int thread, Operation operation) {

  Invocation notBefore(long earliestNanos) {
    return timeNanos >= earliestNanos ? this : new Invocation(earliestNanos, thread, operation);
  }
}
