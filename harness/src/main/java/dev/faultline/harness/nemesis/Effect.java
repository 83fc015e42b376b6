package dev.faultline.harness.nemesis;

import java.util.Locale;

/** What is known of a fault's effect. */
public enum Effect {
  /** It was put in place; whether that had an effect is still being found out. */
  PENDING,
  /** It was seen to do what it should. */
  EFFECTIVE,
  /**
   * It was not put in place, or other faults hid it all the time: it tested nothing, by bad luck.
   */
  SKIPPED,
  /** It was put in place, and could not be seen to do anything. */
  INEFFECTIVE;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** Returns the word that stands for this effect in a history. */
  public String word() {
    return word;
  }
}
