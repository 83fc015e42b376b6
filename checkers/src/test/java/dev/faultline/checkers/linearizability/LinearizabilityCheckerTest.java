package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.Script;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a check of several keys does beside its verdict. */
class LinearizabilityCheckerTest {

  private final LinearizabilityChecker checker =
      new LinearizabilityChecker(OneKey.model("cas-register"));

  @Test
  void looksOnlyAtTheKeysThatAreAskedFor() {
    Script script = new Script().key("a").did(0, "write", "1").key("b").did(1, "read", "9");
    script.key("c").did(0, "write", "1").did(0, "read", "1");
    CheckResult result = check(checker.onlyKeys(Set.of("a", "c")), script);
    assertThat(result.verdict()).isEqualTo(Verdict.valid());
    assertThat(result.summary()).isEqualTo("linearizable as cas-register: 3 operations on 2 keys");
    assertThat(check(checker, script).verdict()).isEqualTo(Verdict.invalid());
    assertThat(check(checker.onlyKeys(Set.of("d")), script).verdict())
        .isEqualTo(Report.NOTHING_TOLD);
  }

  @Test
  void tellsAfterEachKeyHowManyAreDone() {
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    Script script = new Script().key("a").did(0, "write", "1").key("b").did(1, "read", "9");
    CheckResult _ =
        check(
            checker.reportingTo((done, keys) -> told.add(done + " of " + keys)),
            script.key("c").did(0, "write", "1"));
    assertThat(told).containsExactlyInAnyOrder("1 of 3", "2 of 3", "3 of 3");
  }

  @Test
  void showsAnOrderOfEachKeyThatHasOneIfAsked() {
    Script script =
        new Script()
            .key("a")
            .invoke(0, "write", "1")
            .did(1, "read", "null")
            .did(1, "read", "1")
            .ok(0)
            .key("b")
            .did(1, "read", "9");
    CheckResult result = check(checker.withOrder(), script);
    Json order = Json.array(Json.of(1), Json.of(0), Json.of(3));
    assertThat(result.details().members().get("orders"))
        .isEqualTo(new Json.Obj(Map.of("a", order)));
    assertThat(check(checker, script).details().members()).doesNotContainKey("orders");
    assertThat(checker.withOrder().showsOrder()).isTrue();
    assertThat(checker.showsOrder()).isFalse();
    assertThat(checker.name()).isEqualTo("linearizable");
  }

  @Test
  void keysThatAreCheckedAtOnceMayEachTakeTheWholeTime() {
    // A clock that is a millisecond further at each look; neither key is decided in so few.
    AtomicLong millis = new AtomicLong();
    Script script = new Script();
    Random random = new Random(1);
    for (String key : List.of("a", "b")) {
      script.key(key);
      for (int round = 0; round < 300; round++) {
        for (int process = 0; process < 40; process++) {
          script.invoke(process, process % 2 == 0 ? "write" : "read", "" + random.nextInt(5));
        }
        for (int process = 0; process < 40; process++) {
          script.ok(process, "" + random.nextInt(5));
        }
      }
    }
    CheckResult result =
        checker
            .withClock(() -> millis.incrementAndGet() * 1_000_000)
            .check(
                new Recording(script.history(), null),
                new Budget(Duration.ofMillis(1_500), 256 << 20));
    assertThat(result.summary())
        .containsPattern("^[ab]: out of time after (1[.][0-9] s|[5-9].. ms)")
        .endsWith("(2 such keys)");
  }

  @Test
  void explainsFiveViolationsAndCountsAll() {
    Script script = new Script();
    for (int key = 0; key < 7; key++) {
      script.key("k" + key).did(0, "write", "1").did(1, "read", "null");
    }
    CheckResult result = check(checker, script);
    assertThat(result.findings()).hasSize(5);
    assertThat(result.details().members())
        .containsEntry("keys", Json.of(7))
        .containsEntry("operations", Json.of(14))
        .containsEntry("invalidKeys", Json.of(7))
        .containsEntry("keptOperations", Json.of(2 * 5));
    assertThat(result.summary()).endsWith("(7 keys violated)");
  }

  @Test
  void aThousandOperationsAreEvidenceAndMoreAreNone() {
    // That many were put is no read; none of the puts may be left out.
    Finding thousand = check(poolAfter(999)).findings().getFirst();
    assertThat(thousand.claim())
        .endsWith("these 1000 operations have no order in which each could happen");
    assertThat(thousand.events()).hasSize(2_000);
    Finding more = check(poolAfter(1_000)).findings().getFirst();
    assertThat(more.claim()).startsWith("k: nothing explains that process 1 did read -> 5 at");
    assertThat(more.claim()).endsWith("with more time or memory there would be evidence");
    assertThat(more.events()).containsExactly(2_000, 2_001);
  }

  private static Script poolAfter(int puts) {
    Script script = new Script();
    for (int i = 0; i < puts; i++) {
      script.did(0, "put", "null");
    }
    return script.did(1, "read", "5");
  }

  private static CheckResult check(Script script) {
    return check(new LinearizabilityChecker(new UserModels.Pool()), script);
  }

  private static CheckResult check(LinearizabilityChecker checker, Script script) {
    return checker.check(
        new Recording(script.history(), null), new Budget(Duration.ofSeconds(20), 64 << 20));
  }
}
