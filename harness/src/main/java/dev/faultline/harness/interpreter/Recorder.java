package dev.faultline.harness.interpreter;

import dev.faultline.checkers.history.Event;

/**
 * Takes down what happened, in the order in which it is told.
 *
 * <p>Called on the loop only. An invocation is recorded before it is sent and a completion after it
 * came back, so what a recorder has seen is what the history says.
 */
@FunctionalInterface
public interface Recorder {

  /** Takes down {@code event}. Its time is not before that of the one recorded last. */
  void record(Event event);
}
