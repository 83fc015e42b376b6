package dev.faultline.harness.system;

import java.time.Duration;
import java.util.Optional;

/**
 * What a scenario says of the system under test.
 *
 * @param deviation the known bug to switch on, if any
 * @param heartbeat how often a leader speaks up
 * @param electionTimeout how long a follower waits for a leader, at least
 */
public record SystemOptions(
    Optional<String> deviation, Duration heartbeat, Duration electionTimeout) {}
