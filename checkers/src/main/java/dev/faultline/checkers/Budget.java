package dev.faultline.checkers;

import java.time.Duration;

/**
 * What a checker may spend before it has to answer UNKNOWN.
 *
 * @param time wall-clock time
 * @param memoryBytes heap for the search itself, in bytes
 */
public record Budget(Duration time, long memoryBytes) {

  /** A minute, and half of the heap. */
  public static Budget standard() {
    return new Budget(Duration.ofMinutes(1), Runtime.getRuntime().maxMemory() / 2);
  }
}
