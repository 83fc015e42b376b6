package dev.faultline.checkers.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.Script;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.json.JsonWriter;
import org.junit.jupiter.api.Test;

class StatsCheckerTest {

  private static final String KILL = "{\"id\":\"f1\",\"fault\":\"kill\",\"effect\":\"%s\"}";

  @Test
  void aRunThatServedAndSufferedIsValid() {
    assertThat(check(run("effective")).verdict()).isEqualTo(Verdict.valid());
  }

  @Test
  void countsByFunctionAndOutcome() {
    CheckResult result =
        check(
            run("effective")
                .invoke(0, "cas", "[1,2]")
                .fail(0, "compare-failed")
                .invoke(0, "cas", "[1,2]")
                .info(0)
                .invoke(1, "cas", "[1,2]"));
    assertThat(result.verdict()).isEqualTo(Verdict.valid());
    assertThat(JsonWriter.toString(result.details()))
        .contains("\"cas\":{\"ok\":0,\"fail\":1,\"info\":2}");
    assertThat(result.findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
          assertThat(finding.claim())
              .isEqualTo("none of the 3 operations of function cas succeeded");
        });
  }

  @Test
  void nothingSucceeded() {
    assertThat(reason(new Script().invoke(0, "write", "1").fail(0, "unavailable")))
        .isEqualTo("no operation succeeded");
    assertThat(reason(new Script())).isEqualTo("no operation succeeded");
  }

  @Test
  void nothingSucceededBeforeTheFaults() {
    assertThat(
            reason(
                new Script()
                    .nemesis("start", KILL.formatted("pending"))
                    .did(0, "write", "1")
                    .nemesis("stop", KILL.formatted("effective"))))
        .isEqualTo("no operation succeeded before the first fault (f1, kill) at 0.001 s");
  }

  @Test
  void nothingSucceededAfterRecovery() {
    assertThat(
            reason(
                new Script()
                    .did(0, "write", "1")
                    .invoke(0, "write", "2")
                    .phase("heal")
                    .phase("recovered")
                    .ok(0)))
        .isEqualTo("no operation succeeded after the recovery at 0.005 s");
  }

  @Test
  void aFaultHadNoEffect() {
    assertThat(reason(run("ineffective")))
        .isEqualTo("fault f1 (kill) had no effect; the planned fault kill was never effective");
  }

  @Test
  void aPlannedKindWasAlwaysSkipped() {
    assertThat(reason(run("skipped"))).isEqualTo("the planned fault kill was never effective");
  }

  private static Script run(String effect) {
    return new Script()
        .nemesis("phase", "{\"phase\":\"main\",\"faults\":[\"kill\"]}")
        .did(0, "write", "1")
        .nemesis("start", KILL.formatted("pending"))
        .nemesis("stop", KILL.formatted(effect))
        .phase("heal")
        .phase("recovered")
        .did(0, "read", "1");
  }

  private static CheckResult check(Script script) {
    return new StatsChecker().check(new Recording(script.history(), null), Budget.standard());
  }

  private static String reason(Script script) {
    return check(script).verdict() instanceof Verdict.Unknown(String reason) ? reason : "none";
  }
}
