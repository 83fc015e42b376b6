package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.Script;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.history.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** Budgets are looked at everywhere, and spending one never makes a wrong verdict. */
class BudgetTest {

  private static final long PLENTY = 1L << 30;

  private final Model<?> model = Models.named("cas-register").orElseThrow();
  private final LinearizabilityChecker checker = new LinearizabilityChecker(model);

  @Test
  void whereverTheTimeEndsTheVerdictIsRightOrUnknown() {
    for (History history :
        List.of(unique(30_000, false), unique(30_000, true), hard(false), hard(true))) {
      Verdict right = check(history, Integer.MAX_VALUE).verdict();
      assertThat(right).isNotInstanceOf(Verdict.Unknown.class);
      int unknown = 0;
      int looks = 1; // The first is at the beginning.
      CheckResult result;
      do {
        result = check(history, looks);
        if (result.verdict() instanceof Verdict.Unknown(String reason)) {
          assertThat(reason).contains("out of time").contains("give the check more time");
          unknown++;
        } else {
          assertThat(result.verdict()).isEqualTo(right);
          assertThat(result.findings()).hasSize(right instanceof Verdict.Invalid ? 1 : 0);
        }
        looks += 1 + looks / 20;
      } while (looks < 100_000 && !isComplete(result));
      assertThat(unknown).isGreaterThan(3);
    }
  }

  @Test
  void looksAtTheClockInEveryPassOverTheOperations() {
    // Every hundred thousand operations take a pass of each loop; each must look some fifty times.
    History history = unique(100_000, false);
    AtomicInteger looks = new AtomicInteger();
    LinearizabilityChecker counting =
        checker.withClock(() -> {
          looks.incrementAndGet();
          return 0;
        });
    assertThat(counting.check(new Recording(history, null), budget(PLENTY)).verdict())
        .isEqualTo(Verdict.valid());
    int passes = 8; // Index (twice two events an operation), encoding, and the loops of Zones.
    assertThat(looks.get()).isGreaterThan(passes * 100_000 / 2_048);
  }

  @Test
  void outOfTimeTellsHowFarItCame() {
    History history = hard(false);
    List<Long> prefixes = new ArrayList<>();
    for (int looks = 40; looks < 4_000; looks *= 2) {
      if (check(history, looks).verdict() instanceof Verdict.Unknown(String reason)) {
        prefixes.add(completions(reason));
      }
    }
    assertThat(prefixes).isSorted().hasSizeGreaterThan(2);
    assertThat(prefixes.getLast()).isGreaterThan(prefixes.getFirst());
  }

  @Test
  void outOfMemoryIsUnknownAndTellsHowFarItCame() {
    for (History history : List.of(hard(false), hard(true))) {
      Verdict right = check(history, Integer.MAX_VALUE).verdict();
      int unknown = 0;
      Verdict last = right;
      for (long memory = 1 << 10; memory <= 64 << 20; memory *= 2) {
        CheckResult result = checker.check(new Recording(history, null), budget(memory));
        last = result.verdict();
        if (last instanceof Verdict.Unknown(String reason)) {
          assertThat(reason).contains("out of memory").contains("give the check more memory");
          unknown++;
        } else {
          assertThat(last).isEqualTo(right);
        }
      }
      assertThat(last).isEqualTo(right);
      assertThat(unknown).isPositive();
    }
  }

  @Test
  void halfOfASearchGoesOnWhereTheOtherDoesNotFit() {
    int decided = 0;
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      int processes = 5 + random.nextInt(8);
      double infos = random.nextInt(3) * 0.1;
      History history = new RandomHistories(random, processes, 3, 0.01, infos, true).next(200);
      Verdict right = check(history, Integer.MAX_VALUE).verdict();
      for (long memory = 128 << 10; memory >= 8 << 10; memory = memory * 4 / 5) {
        Verdict verdict = checker.check(new Recording(history, null), budget(memory)).verdict();
        if (!(verdict instanceof Verdict.Unknown)) {
          assertThat(verdict).isEqualTo(right);
          decided++;
        }
      }
    }
    assertThat(decided).isGreaterThan(380); // 376 if both halves gave up together.
  }

  @Test
  void aViolationWithoutTimeForEvidenceStillNamesWhatHasNoPlace() {
    History history = unique(3_000, true);
    CheckResult whole = checker.check(new Recording(history, null), budget(PLENTY));
    CheckResult noMemory =
        checker.check(new Recording(history, null), budget(history.size() / 2 * 150L));
    assertThat(noMemory.verdict()).isEqualTo(Verdict.invalid());
    assertThat(noMemory.findings()).hasSize(1);
    assertThat(noMemory.findings().getFirst().claim())
        .startsWith("k: nothing explains that process")
        .contains("with more time or memory");
    assertThat(whole.findings().getFirst().events())
        .containsAll(noMemory.findings().getFirst().events());
  }

  /** Tells whether nothing was left undone for want of time. */
  private static boolean isComplete(CheckResult result) {
    return !(result.verdict() instanceof Verdict.Unknown)
        && result.findings().stream().noneMatch(finding -> finding.claim().contains("more time"));
  }

  private CheckResult check(History history, int looks) {
    return checker
        .withClock(endingAfter(looks))
        .check(new Recording(history, null), new Budget(Duration.ofNanos(1), PLENTY));
  }

  /** A clock that stands still until it was looked at so many times, and then is far ahead. */
  private static LongSupplier endingAfter(int looks) {
    AtomicLong seen = new AtomicLong();
    return () -> seen.getAndIncrement() < looks ? 0 : Long.MAX_VALUE / 2;
  }

  private static Budget budget(long memory) {
    return new Budget(Duration.ofMinutes(1), memory);
  }

  private static long completions(String reason) {
    String number = reason.replaceAll(".*for the first ([\\d,]+) completions.*", "$1");
    return Long.parseLong(number.replace(",", ""));
  }

  /** One register, every value written once; near the end perhaps a read of an old one. */
  private static History unique(int operations, boolean stale) {
    Script script = new Script();
    for (int i = 1; i < operations; i++) {
      script.did(i % 5, i % 3 == 0 ? "read" : "write", "" + (i - (i % 3 == 0 ? 1 : 0)));
    }
    script.did(7, "write", "-1").did(7, "write", "-2");
    return script.did(8, "read", stale ? "-1" : "-2").history();
  }

  /** Many operations at once on few values, linearizable by construction unless a read is stale. */
  private static History hard(boolean stale) {
    Random random = new Random(3);
    Script script = new Script();
    int processes = 16;
    String[] waiting = new String[processes];
    Arrays.fill(waiting, "");
    int value = 0;
    script.did(99, "write", "0");
    for (int i = 0; i < 3_000; i++) {
      int process = random.nextInt(processes);
      if (waiting[process].isEmpty()) {
        int next = random.nextInt(4);
        boolean read = random.nextInt(3) == 0;
        script.invoke(process, read ? "read" : "write", read ? "null" : "" + next);
        value = read ? value : next;
        waiting[process] = read ? "" + value : "" + next;
      } else {
        script.ok(process, waiting[process]);
        waiting[process] = "";
      }
    }
    for (int process = 0; process < processes; process++) {
      if (!waiting[process].isEmpty()) {
        script.ok(process, waiting[process]);
      }
    }
    script.did(99, "write", "7").did(99, "write", "8");
    return script.did(98, "read", stale ? "7" : "8").history();
  }
}
