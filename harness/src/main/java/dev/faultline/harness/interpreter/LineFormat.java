package dev.faultline.harness.interpreter;

import dev.faultline.checkers.history.Event;

/** Writes an event as a line of a history file. Used by one thread at a time. */
@FunctionalInterface
public interface LineFormat {

  /** Appends {@code event}, which has {@code index} in its history, with its line feed. */
  void append(StringBuilder out, int index, Event event);
}
