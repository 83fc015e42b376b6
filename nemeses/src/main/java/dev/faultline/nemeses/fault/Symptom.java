package dev.faultline.nemeses.fault;

import dev.faultline.nemeses.NodeCondition;
import java.time.Duration;

/** What a fault must look like to somebody who probes the cluster: how its effect is observed. */
public sealed interface Symptom {

  /** Probes over every link that the fault touches get no answer. */
  record Silence() implements Symptom {}

  /**
   * A probe over every link takes at least {@code least}.
   *
   * @param payloadBytes what the probe must carry to show it
   * @param least the shortest time
   */
  record Delay(int payloadBytes, Duration least) implements Symptom {}

  /**
   * A probe over some link fails, or takes at least half of {@code stall}.
   *
   * @param stall how long streams stall; zero if they only break
   */
  record Trouble(Duration stall) implements Symptom {}

  /** Every target's process is in this condition. */
  record Condition(NodeCondition condition) implements Symptom {}

  /** No target says how it stands, and probes over links from and to it get no answer. */
  record Absence() implements Symptom {}
}
