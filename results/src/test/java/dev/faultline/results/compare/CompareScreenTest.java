package dev.faultline.results.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Verdict;
import dev.faultline.results.Runs;
import dev.faultline.results.ScreenText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompareScreenTest {

  private static final Path DIRECTORY = Path.of("results/compare");

  private static String render(Comparison comparison) {
    return new CompareScreen(false).render(comparison, DIRECTORY);
  }

  private static ComparedRun judged(
      String system, int round, RunFigures figures, ServerMetrics metrics) {
    return Comparisons.judged(system, round, Comparisons.valid(), figures, metrics, Map.of());
  }

  @Test
  void twoSystemsFitAScreen() {
    String screen = render(Comparisons.twoSystems());

    assertThat(screen.lines()).allMatch(line -> line.length() <= ScreenText.WIDTH);
    assertThat(screen.lines().count()).isLessThanOrEqualTo(45);
    assertThat(screen)
        .isEqualTo(
            """
            raft kept its promises in all 3 rounds; etcd kept its promises in all 3 rounds.
            Time to recover: after kill raft was faster, 423 ms (411–434, 6×) against etcd 923 ms (911–934, 6×);
            after partition and pause no difference beyond the spread.
            Longest outage: around kill raft was out for less, 802 ms (801–803, 6×) against etcd 1.8 s (1.8–1.8,
            6×); around partition and pause no difference beyond the spread.
            Not like for like: version, heartbeat.
                                    raft                                   etcd
              verdict               VALID 3                                VALID 3
                linearizable        VALID 3                                VALID 3
                stats               VALID 3                                VALID 3
              operations            71,412 ok, 288 fail, 654 info          71,412 ok, 288 fail, 654 info
              ok a second           397 (397–397)                          397 (397–397)
                outside faults      400 (400–400)                          400 (400–400)
              latency of successes in ms, p50 / p99 / max, then corrected for coordinated omission
                outside faults      2.0 / 40 / 180, 2.0 / 130 / 180        2.0 / 40 / 180, 2.0 / 130 / 180
                partition           4.0 / 80 / 360, 4.0 / 310 / 360        4.0 / 80 / 360, 4.0 / 310 / 360
                kill                30 / 600 / 2,701, 30 / 2,651 / 2,701   30 / 600 / 2,701, 30 / 2,651 / 2,701
                pause               9.0 / 180 / 810, 9.0 / 760 / 810       9.0 / 180 / 810, 9.0 / 760 / 810
              answered during faults; first success after the end, median (min–max, faults); longest outage
                partition           97.1 %; 35 ms (27–42, 6×); 1.2 s       97.1 %; 35 ms (27–42, 6×); 1.2 s
                kill                66.7 %; 423 ms (411–434, 6×); 803 ms   66.7 %; 923 ms (911–934, 6×); 1.8 s
                pause               99.5 %; 41 ms (40–41, 6×); 51 ms       99.5 %; 41 ms (40–41, 6×); 51 ms
              definite errors       not-connected 93                       not-connected 93
              indefinite errors     timeout 600, leader-changed 54         timeout 600, leader-changed 54
              leader changes a run  6 (5–7)                                6 (5–7)
              server metrics, of all runs
                longest, no leader  2.0 s                                  4.0 s
                leader changes      18, outside faults 0                   27, outside faults 3
                failed proposals    36, outside faults 0                   21, outside faults 9
                most pending        9, outside faults 1                    12, outside faults 2
                WAL fsync p99       ~3.3 ms                                ~12 ms
                peer RTT p99        < 0.1 ms                               not offered
              not like for like
                version             0.1.0                                  3.4.23
                heartbeat           100 ms                                 50 ms
              alert  etcd: 3 proposals failed; none should (in 3 of 3 runs; this is the worst)
              alert  etcd: an fsync took between 8 and 16 ms (in 3 of 3 runs; this is the worst)
              all of it  results/compare/compare.md
            """);
  }

  @Test
  void aBrokenPromiseComesWithItsProofBeforeAnyFigure() {
    assertThat(render(Comparisons.brokenPromise()).lines().limit(13))
        .containsExactly(
            "raft kept its promises in all 3 rounds; etcd BROKE ITS PROMISES in 1 of 3, kept its promises in 2 of",
            "3.",
            "Time to recover: after kill etcd, which broke its promises, was faster, 423 ms (411–434, 6×) against",
            "raft 923 ms (911–934, 6×); after partition and pause no difference beyond the spread.",
            "Longest outage: around kill etcd, which broke its promises, was out for less, 802 ms (801–803, 6×)",
            "against raft 1.8 s (1.8–1.8, 6×); around partition and pause no difference beyond the spread.",
            "  etcd  round 2: register k3: process 2 read 17 at 12.402 s, 14 ms after write 18 had been",
            "        acknowledged (linearizable)",
            "        results/runs/etcd-2",
            "                        raft                                   etcd",
            "  verdict               VALID 3                                INVALID 1, VALID 2",
            "    linearizable        VALID 3                                INVALID 1, VALID 2",
            "    stats               VALID 3                                VALID 3");
  }

  @Test
  void aSystemThatNeverStartedSaysWhy() {
    String why = "no image named faultline/etcd:3.5, and the registry did not answer within 30 s";
    List<ComparedRun> runs = new ArrayList<>();
    for (int round = 1; round <= 2; round++) {
      runs.add(judged("raft", round, Comparisons.figures(round, 400), ServerMetrics.none()));
      runs.add(new ComparedRun.NotStarted("etcd", round, why, Map.of()));
    }

    assertThat(render(Comparison.of(runs)))
        .isEqualTo(
            """
            raft kept its promises in both rounds; etcd failed to start in both rounds.
            No kind of fault struck two of them, so nothing is said of who recovers faster.
                                    raft                                   etcd
              verdict               VALID 2                                NOT STARTED 2
                because                                                    no image named faultline/etcd:3.5,
                                                                           and the registry did not answer
                                                                           within 30 s
                linearizable        VALID 2                                –
                stats               VALID 2                                –
              operations            47,608 ok, 192 fail, 436 info          –
              ok a second           397 (397–397)                          –
                outside faults      400 (400–400)                          –
              latency of successes in ms, p50 / p99 / max, then corrected for coordinated omission
                outside faults      2.0 / 40 / 180, 2.0 / 130 / 180        –
                partition           4.0 / 80 / 360, 4.0 / 310 / 360        –
                kill                30 / 600 / 2,701, 30 / 2,651 / 2,701   –
                pause               9.0 / 180 / 810, 9.0 / 760 / 810       –
              answered during faults; first success after the end, median (min–max, faults); longest outage
                partition           97.1 %; 31 ms (27–35, 4×); 1.2 s       –
                kill                66.7 %; 417 ms (411–423, 4×); 802 ms   –
                pause               99.5 %; 41 ms (40–41, 4×); 51 ms       –
              definite errors       not-connected 62                       –
              indefinite errors     timeout 400, leader-changed 36         –
              leader changes a run  5.5 (5–6)                              –
              server metrics were not offered
              all of it  results/compare/compare.md
            """);
  }

  @Test
  void noSuccessInTheOnlyRunIsShownAsSuch() {
    RunFigures none =
        RunFigures.of(
            new HistoryScript()
                .phase(0, "main")
                .fail(1, "write", 10, 20, "not-connected", true)
                .fault("f1", "kill", "effective", 100, 200)
                .info(1, "write", 150, 900, "timeout")
                .phase(1_000, "heal")
                .build(),
            Duration.ofMillis(5));
    ComparedRun run =
        Comparisons.judged(
            "raft",
            1,
            List.of(
                Runs.result(
                    "stats", Verdict.unknown("no operation succeeded"), "nothing was tested")),
            none,
            Comparisons.LOUD,
            Map.of());

    assertThat(render(Comparison.of(List.of(run))))
        .isEqualTo(
            """
            raft proved nothing in its only round.
                                    raft
              verdict               UNKNOWN 1
                because             no operation succeeded
                stats               UNKNOWN 1
              operations            0 ok, 1 fail, 1 info
              ok a second           0
                outside faults      0
              latency of successes in ms, p50 / p99 / max, then corrected for coordinated omission
                outside faults      no success
                kill                no success
              answered during faults; first success after the end, median (min–max, faults); longest outage
                kill                0.0 %; never (of 1); 900 ms
              definite errors       not-connected 1
              indefinite errors     timeout 1
              leader changes a run  –
              server metrics, of all runs
                longest, no leader  4.0 s
                leader changes      9, outside faults 1
                failed proposals    7, outside faults 3
                most pending        12, outside faults 2
                WAL fsync p99       ~12 ms
                peer RTT p99        not offered
              alert  raft: 3 proposals failed; none should
              alert  raft: an fsync took between 8 and 16 ms
              all of it  results/compare/compare.md
            """);
  }

  @Test
  void fourSystemsStayInTheirColumnsWhateverTheyAreCalled() {
    List<ComparedRun> runs = new ArrayList<>();
    for (String system :
        List.of("raft", "etcd-3.4", "etcd-3.5", "a-system-with-quite-a-long-name-of-its-own")) {
      for (int round = 1; round <= 4; round++) {
        runs.add(
            Comparisons.judged(
                system,
                round,
                Comparisons.valid(),
                Comparisons.figures(round, 400),
                Comparisons.LOUD,
                Comparisons.settings(system, "100 ms")));
      }
    }

    String screen = render(Comparison.of(runs));

    assertThat(screen.lines()).allMatch(line -> line.length() <= ScreenText.WIDTH);
    assertThat(screen).contains("a-system-with-qu", "alert  … and 5 more");
  }

  @Test
  void colourTakesNoRoom() {
    Comparison comparison = Comparisons.brokenPromise();
    String painted = new CompareScreen(true).render(comparison, DIRECTORY);

    assertThat(painted)
        .contains("\u001b[1;31mBROKE ITS PROMISES\u001b[0m", "\u001b[1;31mINVALID\u001b[0m 1");
    assertThat(painted.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(render(comparison));
  }
}
