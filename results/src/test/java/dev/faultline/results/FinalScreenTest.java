package dev.faultline.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.history.History;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinalScreenTest {

  private static final Path DIRECTORY = Path.of("results/runs/2026-11-23T02-14-07Z-register");

  @TempDir Path scratch;
  private History history;

  @BeforeEach
  void record() {
    history = Runs.history(scratch, Runs.STALE_READ);
  }

  @Test
  void aViolationIsShownWithTheOperationsThatProveItAndTheFaultsActiveThen() {
    String screen =
        render(
            Runs.summary("INVALID", null, 1),
            Runs.result("linearizable", Verdict.invalid(), "broken", Runs.staleRead()),
            Runs.result("stats", Verdict.valid(), "fine"));

    assertThat(screen)
        .isEqualTo(
            """
            INVALID  register k3: process 2 read 17 at 12.402 s, 14 ms after write 18 had been acknowledged
                     (linearizable)
              #5   12.371 – 12.388 s  process 0  n1  write  18       ok
              #7   12.390 – 12.391 s  process 5  n3  cas    17 → 99  fail (compare-failed)
              #9   12.402 – 12.409 s  process 2  n4  read   17       ok   isolate n4 (leader) from 11.9 s
              #11  12.410 –        ?  process 7  n4  write  20       info (timeout)
                    isolate n4 (leader) from 11.9 s
              active elsewhere then: kill n2 from 11.0 s
              4 of 24,118 operations kept; the rest can be left out.
              recovery 1.9 s, leader changes 5, operations ok 23,804  fail 96  info 218
              first ok after partition 410 ms median, 1.9 s max; after kill 12 ms median, 12 ms max;
                       after pause never (of 2)
              again    ./faultline run -f register.yaml --seed 0x9e3779b97f4a7c15
              recheck  ./faultline analyze results/runs/2026-11-23T02-14-07Z-register
              run      results/runs/2026-11-23T02-14-07Z-register
            """);
  }

  @Test
  void aValidRunSaysWhatWasPromisedAndUnderWhat() {
    String screen =
        render(
            Runs.summary("VALID", null, 0),
            Runs.result("linearizable", Verdict.valid(), "all keys are linearizable"));

    assertThat(screen)
        .isEqualTo(
            """
            VALID    every one of 24,118 operations on 312 keys is linearizable, under 3 partitions, 1 kill,
                     2 pauses
              recovery 1.9 s, leader changes 5, operations ok 23,804  fail 96  info 218
              first ok after partition 410 ms median, 1.9 s max; after kill 12 ms median, 12 ms max;
                       after pause never (of 2)
              again    ./faultline run -f register.yaml --seed 0x9e3779b97f4a7c15
              recheck  ./faultline analyze results/runs/2026-11-23T02-14-07Z-register
              run      results/runs/2026-11-23T02-14-07Z-register
            """);
  }

  @Test
  void anUnknownRunGivesTheReasonAndWhatToDo() {
    String screen =
        render(
            Runs.deviating(Runs.summary("UNKNOWN", null, 2), "leader-reads-locally"),
            Runs.result(
                "linearizable",
                Verdict.unknown("the search of key k3 ran out of its 60 s"),
                "no verdict"),
            Runs.result("stats", Verdict.unknown("no pause was ever effective"), "vacuous"));

    assertThat(screen)
        .isEqualTo(
            """
            UNKNOWN  the search of key k3 ran out of its 60 s (linearizable)
              also     no pause was ever effective (stats)
                       No promise was seen broken, and none was shown to hold: this run must not count as
                       passed. Remove the reason above, then run it again; if only the check fell short,
                       recheck.
              no recovery, leader changes unknown, operations ok 23,804  fail 96  info 218
              first ok after partition 410 ms median, 1.9 s max; after kill 12 ms median, 12 ms max;
                       after pause never (of 2)
              broken   on purpose: the system ran with deviation leader-reads-locally
              again    ./faultline run -f register.yaml --seed 0x9e3779b97f4a7c15
              recheck  ./faultline analyze results/runs/2026-11-23T02-14-07Z-register
              run      results/runs/2026-11-23T02-14-07Z-register
            """);
  }

  @Test
  void theSystemIsDescribedWhereMoreThanItsNameIsKnown() {
    RunSummary run = Runs.summary("VALID", null, 0);

    assertThat(render(run)).doesNotContain("  system ");
    assertThat(render(Runs.inDocker(run, "3.5.16")).lines())
        .contains("  system   raft 3.5.16, docker, packets");
  }

  @Test
  void aViolationOutsideTheHistoryIsToldInAsManyWords() {
    Finding exit =
        new Finding(
            Finding.Severity.VIOLATION,
            "node n3 exited unasked at 31.2 s with status 134",
            null,
            List.of(),
            List.of("panic: index out of range [7] with length 7"));
    Finding warning =
        new Finding(
            Finding.Severity.WARNING, "n1 logged a stack trace", null, List.of(), List.of());

    String screen =
        render(
            Runs.summary("INVALID", null, 1),
            Runs.result("logs", Verdict.invalid(), "a node exited", exit, warning),
            Runs.result("recovery", Verdict.invalid(), "no recovery within 30 s"));

    assertThat(screen.lines().limit(5))
        .containsExactly(
            "INVALID  node n3 exited unasked at 31.2 s with status 134 (logs)",
            "  panic: index out of range [7] with length 7",
            "  also     no recovery within 30 s (recovery)",
            "  warning  n1 logged a stack trace",
            "  recovery 1.9 s, leader changes 5, operations ok 23,804  fail 96  info 218");
  }

  @Test
  void aRunThatFailedBeforeItCouldBeCheckedSaysWhy() {
    String screen = render(Runs.summary("INVALID", "the cluster did not recover", 1));

    assertThat(screen).startsWith("INVALID  the cluster did not recover\n");
  }

  @Test
  void colourOnlyPaintsTheWord() {
    RunSummary run = Runs.summary("INVALID", null, 1);
    CheckResult result = Runs.result("linearizable", Verdict.invalid(), "broken", Runs.staleRead());
    String plain = new FinalScreen(false).render(run, history, List.of(result), DIRECTORY);
    String painted = new FinalScreen(true).render(run, history, List.of(result), DIRECTORY);

    assertThat(plain).doesNotContain("\u001b");
    assertThat(painted).startsWith("\u001b[1;31mINVALID\u001b[0m  register");
    assertThat(painted.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
  }

  @Test
  void fitsAScreenHoweverMuchThereIsToShow() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      lines.append(
          """
          {"time":%d,"process":%d,"type":"invoke","f":"write","key":"k","value":"%s","node":"n1"}
          """
              .formatted(i, i, "v".repeat(200)));
    }
    Finding large =
        new Finding(
            Finding.Severity.VIOLATION,
            "a claim ".repeat(30),
            "k",
            IntStream.range(0, 40).boxed().toList(),
            List.of());
    Finding warning =
        new Finding(Finding.Severity.WARNING, "a warning", null, List.of(), List.of());
    Finding[] findings =
        Stream.concat(Stream.of(large), Collections.nCopies(20, warning).stream())
            .toArray(Finding[]::new);

    String screen =
        new FinalScreen(false)
            .render(
                Runs.summary("INVALID", null, 1),
                Runs.history(scratch, lines.toString()),
                List.of(Runs.result("linearizable", Verdict.invalid(), "broken", findings)),
                DIRECTORY);

    assertThat(screen.lines()).allMatch(line -> line.length() <= ScreenText.WIDTH);
    assertThat(screen.lines().count()).isLessThanOrEqualTo(26);
    assertThat(screen).contains("… and 31 operations more").contains("… and 17 more");
  }

  private String render(RunSummary run, CheckResult... results) {
    return new FinalScreen(false).render(run, history, List.of(results), DIRECTORY);
  }
}
