package dev.faultline.harness.system;

import java.time.Duration;
import java.util.Optional;

/**
 * What a scenario says of the system under test.
 *
 * @param deviation the known bug to switch on, if any
 * @param heartbeat how often a leader speaks up
 * @param electionTimeout how long a follower waits for a leader, at least
 * @param program the program to start as a process, instead of the system's own choice
 * @param image the image to make containers of, instead of the system's own choice
 */
public record SystemOptions(
    Optional<String> deviation,
    Duration heartbeat,
    Duration electionTimeout,
    Optional<String> program,
    Optional<String> image) {

  /** What a system is told unless a scenario says otherwise. */
  public static final SystemOptions STANDARD =
      new SystemOptions(
          Optional.empty(),
          Duration.ofMillis(100),
          Duration.ofSeconds(1),
          Optional.empty(),
          Optional.empty());
}
