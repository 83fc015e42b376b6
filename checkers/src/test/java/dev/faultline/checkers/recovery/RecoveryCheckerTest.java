package dev.faultline.checkers.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.Script;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.faults.Availability;
import dev.faultline.checkers.faults.FaultWindow;
import dev.faultline.checkers.faults.FaultWindows;
import dev.faultline.checkers.history.History;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecoveryCheckerTest {

  private static final String PARTITION =
      "{\"id\":\"%s\",\"fault\":\"partition\",\"targets\":[\"n1\"],\"effect\":\"%s\","
          + "\"detail\":\"isolate n1\"}";

  @Test
  void recovered() {
    CheckResult result =
        check(
            new Script()
                .phase("main")
                .at(100)
                .phase("heal")
                .nemesis("phase", "{\"phase\":\"recovered\",\"nanos\":1900000000}"));
    assertThat(result.verdict()).isEqualTo(Verdict.valid());
    assertThat(result.summary()).isEqualTo("recovered 1.9 s after healing");
  }

  @Test
  void goingOnWithoutRecoveryIsAViolation() {
    CheckResult result = check(new Script().at(100).phase("heal").at(30_100).phase("end"));
    assertThat(result.verdict()).isEqualTo(Verdict.invalid());
    assertThat(result.findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.claim())
              .isEqualTo(
                  "the cluster did not recover within 30.0 s after all faults were healed at"
                      + " 0.100 s");
          assertThat(finding.events()).containsExactly(0, 1);
        });
  }

  @Test
  void aHistoryCutShortIsUnknown() {
    assertThat(check(new Script().phase("main")).verdict()).isInstanceOf(Verdict.Unknown.class);
    assertThat(check(new Script().phase("main").phase("heal")).verdict())
        .isInstanceOf(Verdict.Unknown.class);
  }

  @Test
  void aHistoryWithoutFaultsHasNothingToRecoverFrom() {
    assertThat(check(new Script().did(0, "write", "1")).verdict()).isEqualTo(Verdict.valid());
  }

  @Test
  void availabilityOfEachFault() {
    History history =
        new Script()
            .did(0, "write", "1")
            .at(1_000)
            .nemesis("start", PARTITION.formatted("f1", "pending"))
            .did(0, "write", "2")
            .invoke(1, "write", "3")
            .fail(1, "unavailable")
            .invoke(2, "write", "4")
            .info(2)
            .invoke(3, "write", "5")
            .invoke(4, "write", "6")
            .at(2_000)
            .nemesis("stop", PARTITION.formatted("f1", "effective"))
            .at(2_100)
            .ok(4)
            .at(2_300)
            .invoke(5, "write", "7")
            .at(2_500)
            .ok(5)
            .nemesis("start", PARTITION.formatted("f2", "pending"))
            .history();
    FaultWindows faults = FaultWindows.of(history);
    assertThat(faults.windows()).hasSize(2);
    assertThat(faults.activeAt(1_500_000_000L)).extracting(FaultWindow::id).containsExactly("f1");
    List<Availability> availability = Availability.of(history, faults);
    Availability first = availability.getFirst();
    assertThat(first.window().effect()).isEqualTo(FaultWindow.Effect.EFFECTIVE);
    assertThat(first.window().detail()).isEqualTo("isolate n1");
    assertThat(first.window().targets()).containsExactly("n1");
    assertThat(first.ok()).isEqualTo(1);
    assertThat(first.fail()).isEqualTo(1);
    // One ended so, one was invoked and never ended.
    assertThat(first.info()).isEqualTo(2);
    // The success at 2.1 s was invoked under the fault and says nothing of the time after it.
    assertThat(first.nanosToFirstOk()).hasValue(500_000_000L);
    assertThat(availability.getLast().window().isStopped()).isFalse();
    assertThat(availability.getLast().nanosToFirstOk()).isEmpty();
    assertThat(Availability.medianNanosToFirstOk(availability))
        .containsOnly(Map.entry("partition", 500_000_000L));
  }

  private static CheckResult check(Script script) {
    return new RecoveryChecker().check(new Recording(script.history(), null), Budget.standard());
  }
}
