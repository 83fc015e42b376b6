package dev.faultline.harness.run;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How the life of a run went; what clients saw is in the history.
 *
 * @param leaderChanges how often a leader of a higher term was seen to take over
 * @param recoveryNanos from the heal to the observed recovery, if there was one
 * @param noRecovery why there was none, for people
 * @param stopped why the run was cut short, for people
 * @param clientDefects what a client did that its contract forbids
 * @param healFailures what could not be mended
 */
record LifeResult(
    int leaderChanges,
    OptionalLong recoveryNanos,
    Optional<String> noRecovery,
    Optional<String> stopped,
    List<String> clientDefects,
    List<String> healFailures) {

  LifeResult {
    clientDefects = List.copyOf(clientDefects);
    healFailures = List.copyOf(healFailures);
  }
}
