package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.transactions.models.ConsistencyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why one version of a register is said to have come before another. */
class VersionStoryTest {

  private static final TransactionOptions NOTHING_KNOWN = known(false, false, false);
  private static final TransactionOptions LINEARIZABLE = known(true, false, false);
  private static final TransactionOptions SEQUENTIAL = known(false, true, false);
  private static final TransactionOptions WFR = known(false, false, true);

  @TempDir Path directory;

  @Test
  void modRevisionsAreNamed() {
    CheckResult result = check(NOTHING_KNOWN, "0 ok [w x 1] @5", "0 ok [w x 2] @3");
    assertShown(
        result, "G0-realtime", "T1 wrote 1 to x after T2 wrote 2 to x (mod revision 3 < 5)");
    CheckResult unseen =
        check(NOTHING_KNOWN, "0 ok [w x 1] @3", "0 ok [w x 2] @5", "1 ok [r x 1] @3");
    assertShown(
        unseen,
        "G-single-item-realtime",
        "T1 read x as 1 left it, and did not see that T2 wrote 2 to x (mod revision 3 < 5)");
  }

  @Test
  void theInitialStateNeedsNoReason() {
    CheckResult result = check(NOTHING_KNOWN, "0 ok [w x 1]", "1 ok [r x nil]");
    assertShown(
        result,
        "G-single-item-realtime",
        "T1 read the initial state of x, and did not see that T2 wrote 1 to x");
    assertThat(result.findings().getFirst().lines()).noneMatch(line -> line.contains("("));
  }

  @Test
  void whoHadReadWhatItOverwroteIsNamed() {
    assertShown(
        check(WFR, "1 ok [r x 1] [w x 2]", "0 ok [w x 1]"),
        "G0-realtime",
        "T1 wrote 2 to x after T2 wrote 1 to x (writes follow reads: T1 read 1 before it wrote 2)");
  }

  @Test
  void theProcessThatSawBothInTurnIsNamed() {
    assertShown(
        check(SEQUENTIAL, "1 ok [w x 2]", "0 ok [w x 1]", "2 ok [r x 1]", "2 ok [r x 2]"),
        "G0-realtime",
        "T1 wrote 2 to x after T2 wrote 1 to x"
            + " (sequential keys: process 2 executed #4, which read 1, before #6, which read 2)");
    assertShown(
        check(SEQUENTIAL, "0 ok [w x 1] [r y 1]", "0 ok [w x 2] [w y 1]"),
        "G1c",
        "(sequential keys: process 0 executed T2 before T1)");
  }

  @Test
  void thoseWhoSawBothOneAfterTheOtherAreNamed() {
    assertShown(
        check(LINEARIZABLE, "0 ok [w x 1] [r y 1]", "1 ok [w x 2] [w y 1]"),
        "G1c",
        "(linearizable keys: T2 completed before T1 was invoked)");
    assertShown(
        check(
            LINEARIZABLE,
            "0+ [w x 1] [r y 1]",
            "1+ [w x 2] [w y 1]",
            "2 ok [r x 1]",
            "3 ok [r x 2]",
            "0 ok [w x 1] [r y 1]",
            "1 ok [w x 2] [w y 1]"),
        "G1c",
        "(linearizable keys: #2, which read 1, completed before #4, which read 2, was invoked)");
  }

  @Test
  void timesAreToldWhereThereAreTimes() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("history.ndjson"),
            event(1, 0, "invoke", "[\"w\",\"x\",1],[\"r\",\"y\",null]")
                + event(2, 0, "ok", "[\"w\",\"x\",1],[\"r\",\"y\",1]")
                + event(5, 1, "invoke", "[\"w\",\"x\",2],[\"w\",\"y\",1]")
                + event(6, 1, "ok", "[\"w\",\"x\",2],[\"w\",\"y\",1]"));
    CheckResult result =
        new TransactionChecker(Workload.WR, LINEARIZABLE).check(file, Budget.standard());
    assertShown(result, "G1c", "(linearizable keys: T2 completed 3 ms before T1 was invoked)");
  }

  @Test
  void aWayOverAnAbortedVersionIsToldStepByStep() {
    assertShown(
        check(
            LINEARIZABLE,
            "0 ok [w x 1] [r y 1]",
            "3 fail [w x 9]",
            "1 ok [r x 9]",
            "2 ok [w x 2] [w y 1]"),
        "G1c",
        "wrote 2 to x after T2 wrote 1 to x (1 before 9 (linearizable keys: T2 completed before"
            + " #4, which read 9, was invoked), 9 before 2 (linearizable keys: #4, which read 9,"
            + " completed before T1 was invoked))");
    assertShown(
        check(
            NOTHING_KNOWN,
            "0 ok [w x 1] [r y 1] @2,5",
            "3 fail [w x 9]",
            "1 ok [r x 9] @4",
            "2 ok [w x 2] [w y 1] @5,5"),
        "G1c",
        "(mod revision 2 < 5)");
  }

  @Test
  void versionsInACircleAreNamedStepByStep() {
    assertCircle(
        check(WFR, "0+ [r x 2] [w x 1]", "1 ok [r x 1] [w x 2]", "0 ok [r x 2] [w x 1]"),
        "1 before 2 (writes follow reads: T1 read 1 before it wrote 2), 2 before 1 (writes follow"
            + " reads: T2 read 2 before it wrote 1)");
    assertCircle(
        check(LINEARIZABLE, "0 ok [w x 1]", "1 ok [w x 2]", "2 ok [r x 1]"),
        "1 before 2 (linearizable keys: T1, which wrote 1, completed before T2, which wrote 2, was"
            + " invoked), 2 before 1 (linearizable keys: T2, which wrote 2, completed before T3,"
            + " which read 1, was invoked)");
    assertCircle(
        check(LINEARIZABLE, "0 ok [w x 1] @5", "1 ok [w x 2] @3"),
        "1 before 2 (linearizable keys: T1, which wrote 1, completed before T2, which wrote 2, was"
            + " invoked), 2 before 1 (mod revision 3 < 5)");
    assertCircle(
        check(SEQUENTIAL, "0 ok [w x 1]", "0 ok [r x nil]"),
        "nil before 1 (the initial state comes first), 1 before nil (sequential keys: process 0"
            + " executed T1, which wrote 1, before T2, which read nil)");
  }

  private static void assertCircle(CheckResult result, String circle) {
    assertShown(result, "cyclic-versions", "versions of x stand in a circle: " + circle);
  }

  /** Holds that {@code reason} is in what people read, in what machines read, and in pictures. */
  private static void assertShown(CheckResult result, String anomaly, String reason) {
    Finding finding =
        result.findings().stream()
            .filter(each -> each.claim().startsWith(anomaly + ":"))
            .findFirst()
            .orElseThrow(() -> new AssertionError(result.findings().toString()));
    assertThat(finding.claim()).contains(reason);
    assertThat(String.valueOf(result.details())).contains(reason);
    if (!anomaly.equals("cyclic-versions")) {
      assertThat(finding.lines()).anyMatch(line -> line.contains(reason));
      assertThat(Diagram.of(result).stream().map(Diagram::svg))
          .anyMatch(svg -> svg.contains(reason.replace("<", "&lt;")));
    }
  }

  private static CheckResult check(TransactionOptions options, String... lines) {
    return TransactionScript.check(Workload.WR, options, lines);
  }

  private static TransactionOptions known(boolean linearizable, boolean sequential, boolean wfr) {
    return new TransactionOptions(
        Set.of(ConsistencyModel.STRICT_SERIALIZABLE),
        Set.of(),
        linearizable,
        sequential,
        wfr,
        TransactionOptions.EXAMPLES);
  }

  private static String event(int millis, int process, String type, String operations) {
    return "{\"time\":%d,\"process\":%d,\"type\":\"%s\",\"f\":\"txn\",\"value\":[%s]}\n"
        .formatted(millis * 1_000_000L, process, type, operations);
  }
}
