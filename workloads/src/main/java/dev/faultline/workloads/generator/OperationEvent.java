package dev.faultline.workloads.generator;

import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.client.Outcome;

/** Something that generators are told of. */
public sealed interface OperationEvent {

  /** Returns when it happened, in nanoseconds since the run began. */
  long timeNanos();

  /** Returns the thread that performs the operation. */
  int thread();

  /** Returns the process that the thread was when it invoked the operation. */
  int process();

  /** Returns the operation. */
  Operation operation();

  /** An operation was invoked; its thread is no longer free. */
  record Invoked(long timeNanos, int thread, int process, Operation operation)
      implements OperationEvent {}

  /** An operation ended; its thread is free again, as a new process if nobody knows the outcome. */
  record Completed(long timeNanos, int thread, int process, Operation operation, Outcome outcome)
      implements OperationEvent {}
}
