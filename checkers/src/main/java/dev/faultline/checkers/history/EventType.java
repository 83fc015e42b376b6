package dev.faultline.checkers.history;

import java.util.Locale;

/** What an {@link Event} says of its operation. */
public enum EventType {
  /** The operation is about to be sent. */
  INVOKE,
  /** It happened, exactly once, between its invocation and this event. */
  OK,
  /** It did not happen and never will. */
  FAIL,
  /** Nobody knows: it may take effect at any later moment, or never. */
  INFO;

  private final String word = name().toLowerCase(Locale.ROOT);

  /**
   * Returns the word that stands for this type in a history file: {@code invoke, ok, fail, info}.
   */
  public String word() {
    return word;
  }
}
