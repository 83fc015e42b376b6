package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.json.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is said of a whole history when each of its keys has been looked at. */
class ReportTest {

  private static final long MILLI = 1_000_000;

  private final AtomicLong nanos = new AtomicLong(40 * MILLI);
  private final Report report = new Report("linearizable", OneKey.model("register"), nanos::get);

  @Test
  void addsUpWhatWasFoundOfEachKey() {
    report.linearizable(key("a", 3, new SearchResult.Linearizable(10, 500)));
    report.violated(key("b", 4, new SearchResult.Blocked(7, 20, 900)), finding("b", 6, 7));
    report.shrunk(2, 5);
    report.violated(key("c", 5, new SearchResult.Blocked(9, 40, 700)));
    report.shrunk(3, 100);
    gaveUp("d", false);
    nanos.set(60 * MILLI);
    CheckResult result = report.result();
    assertThat(result.checker()).isEqualTo("linearizable");
    assertThat(result.details())
        .isEqualTo(
            new Json.Obj(
                Map.of(
                    "model", Json.of("register"),
                    "keys", Json.of(4),
                    "operations", Json.of(3 + 4 + 5 + 8),
                    "statesExplored", Json.of(10 + 20 + 5 + 40 + 100 + 1_234),
                    "invalidKeys", Json.of(2),
                    "unknownKeys", Json.of(1),
                    "keptOperations", Json.of(5))));
    assertThat(result.elapsedNanos()).isEqualTo(20 * MILLI);
    assertThat(result.peakBytes()).isEqualTo(900);
  }

  @Test
  void oneKeyIsNotSeveral() {
    report.linearizable(key(null, 1, new SearchResult.Linearizable(0, 0)));
    assertThat(report.result().verdict()).isEqualTo(Verdict.valid());
    assertThat(report.result().summary())
        .isEqualTo("linearizable as register: 1 operations on 1 key");
    report.linearizable(key("b", 1_999, new SearchResult.Linearizable(0, 0)));
    assertThat(report.result().summary())
        .isEqualTo("linearizable as register: 2,000 operations on 2 keys");
    assertThat(report.result().findings()).isEmpty();
  }

  @Test
  void nothingToldIsNotValid() {
    report.linearizable(key("a", 0, new SearchResult.Linearizable(0, 0)));
    assertThat(report.result().verdict()).isEqualTo(Report.NOTHING_TOLD);
  }

  @Test
  void whatIsUnderstoodFastestComesFirstAndOfEqualsWhatHappenedFirst() {
    for (Finding finding :
        List.of(
            finding("d", 1, 2, 3), finding("c", 8, 9), finding("b", 2, 5), finding("a", 3, 6))) {
      report.violated(key(finding.key(), 2, new SearchResult.Blocked(3, 0, 0)), finding);
    }
    CheckResult result = report.result();
    assertThat(result.verdict()).isEqualTo(Verdict.invalid());
    assertThat(result.findings()).extracting(Finding::key).containsExactly("b", "a", "c", "d");
    assertThat(result.summary()).isEqualTo("claim of b (4 keys violated)");
  }

  @Test
  void aViolationOutranksWhateverElseIsUnknown() {
    gaveUp("a", true);
    report.unsuitable(new UnsuitableCallException(3, "no frob"));
    report.violated(key("b", 2, new SearchResult.Blocked(3, 0, 0)), finding("b", 1, 2));
    assertThat(report.result().verdict()).isEqualTo(Verdict.invalid());
    assertThat(report.result().summary()).isEqualTo("claim of b; besides, no frob (event 3)");
  }

  @Test
  void theFirstCallThatIsNotUnderstoodIsNamed() {
    gaveUp("a", true);
    report.unsuitable(new UnsuitableCallException(5, "no frob"));
    report.unsuitable(new UnsuitableCallException(3, "no nicate"));
    report.unsuitable(new UnsuitableCallException(4, "no brate"));
    assertThat(report.result().verdict()).isEqualTo(Verdict.unknown("no nicate (event 3)"));
    assertThat(report.result().summary()).isEqualTo("no nicate (event 3)");
  }

  @Test
  void givingUpSaysWhatRanOutAndHowFarItCame() {
    nanos.addAndGet(14 * MILLI);
    gaveUp("a", false);
    String reason =
        "a: out of time after 14 ms and 1,234 states, with an order for the first 5 completions of"
            + " 8 operations; give the check more time, or use fewer operations a key";
    assertThat(report.result().verdict()).isEqualTo(Verdict.unknown(reason));
    gaveUp("b", true);
    report.linearizable(key("c", 3, new SearchResult.Linearizable(10, 500)));
    assertThat(report.result().verdict()).isEqualTo(Verdict.unknown(reason + " (2 such keys)"));
  }

  @Test
  void whereThereAreNoKeysNoneIsNamed() {
    gaveUp(null, true);
    assertThat(report.result().summary())
        .startsWith("out of memory after")
        .endsWith("give the check more memory, or use fewer operations a key");
  }

  @Test
  void ordersAreToldByKey() {
    report.ordered("b", new int[] {2, 0});
    report.ordered(null, new int[] {1});
    assertThat(report.result().details().members().get("orders"))
        .isEqualTo(
            new Json.Obj(
                Map.of("", Json.array(Json.of(1)), "b", Json.array(Json.of(2), Json.of(0)))));
  }

  private void gaveUp(@Nullable String name, boolean outOfMemory) {
    SearchResult.GaveUp result = new SearchResult.GaveUp(outOfMemory, 5, 1_234, 600);
    report.gaveUp(key(name, 8, result), result);
  }

  private static KeyResult key(@Nullable String name, int operations, SearchResult result) {
    return new KeyResult(name, operations, result);
  }

  private static Finding finding(String key, Integer... events) {
    return new Finding(
        Finding.Severity.VIOLATION, "claim of " + key, key, List.of(events), List.of());
  }
}
