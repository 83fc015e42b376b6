package dev.faultline.harness.nemesis;

import java.time.Duration;

/**
 * How long the nemesis is patient.
 *
 * @param act the deadline of every act on a node or on the links
 * @param question the deadline of every question to a node, and of a probe over a healthy link
 * @param gap the time between two rounds of probes
 * @param heal how long links and nodes may take to be seen back in order
 */
public record Timing(Duration act, Duration question, Duration gap, Duration heal) {

  /** What suits real clusters. */
  public static final Timing DEFAULT =
      new Timing(
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofMillis(200),
          Duration.ofSeconds(10));
}
