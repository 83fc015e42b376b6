package dev.faultline.harness.run;

import dev.faultline.harness.cluster.LinkBackend;
import dev.faultline.harness.scenario.Scenario;
import dev.faultline.results.RunSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a run beside its history.
 *
 * @param scenario what was run
 * @param system what the system under test is called
 * @param links what stood in the links; empty if that is not known any more
 * @param systemVersion the version of the system, as a node of it told; empty if none did
 * @param faultKinds the kinds of faults that were planned
 * @param faultline the version of Faultline that ran
 * @param started when it began
 * @param took how long it took
 * @param health how well the harness itself ran
 * @param again the commands that repeat it
 */
public record RunFacts(
    Scenario scenario,
    String system,
    Optional<LinkBackend> links,
    Optional<String> systemVersion,
    List<String> faultKinds,
    String faultline,
    Instant started,
    Duration took,
    RunSummary.HarnessHealth health,
    List<String> again) {

  public RunFacts {
    faultKinds = List.copyOf(faultKinds);
    again = List.copyOf(again);
  }
}
