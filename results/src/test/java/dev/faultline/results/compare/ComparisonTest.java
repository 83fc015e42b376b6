package dev.faultline.results.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.checkers.Verdict;
import dev.faultline.results.MalformedResultException;
import dev.faultline.results.Runs;
import dev.faultline.results.compare.Comparison.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

  @TempDir Path directory;

  private static ComparedRun notStarted(String system, int round) {
    return new ComparedRun.NotStarted(system, round, "no image answers to that name", Map.of());
  }

  @Test
  void comesBackFromItsFileAsItWas() throws IOException {
    Path file = directory.resolve("compare.json");
    List<Comparison> comparisons =
        List.of(
            Comparisons.twoSystems(),
            Comparisons.brokenPromise(),
            Comparison.of(List.of(notStarted("raft", 1))));
    for (Comparison comparison : comparisons) {
      comparison.write(file);

      assertThat(Comparison.read(file)).isEqualTo(comparison);
    }
  }

  @Test
  void aFileOfAnotherVersionIsRefused() throws IOException {
    Path file = directory.resolve("compare.json");
    Comparisons.twoSystems().write(file);
    Files.writeString(file, Files.readString(file).replace("\"version\" : 1,", "\"version\" : 2,"));

    assertThatThrownBy(() -> Comparison.read(file))
        .isInstanceOf(MalformedResultException.class)
        .hasMessageContaining("version 2 of this file");
  }

  @Test
  void namesPromisesFirstThenAWinnerOnlyWhereChanceIsNoExplanation() {
    assertThat(Comparisons.twoSystems().conclusion())
        .containsExactly(
            "raft kept its promises in all 3 rounds; etcd kept its promises in all 3 rounds.",
            "Time to recover: after kill raft was faster, 423 ms (411–434, 6×) against etcd 923"
                + " ms (911–934, 6×); after partition and pause no difference beyond the spread.",
            "Longest outage: around kill raft was out for less, 802 ms (801–803, 6×) against etcd"
                + " 1.8 s (1.8–1.8, 6×); around partition and pause no difference beyond the"
                + " spread.",
            "Not like for like: version, heartbeat.");
  }

  @Test
  void aFasterSystemThatBrokeItsPromisesIsNeverNamedWithoutSayingSo() {
    Comparison comparison = Comparisons.brokenPromise();

    assertThat(comparison.conclusion().getFirst())
        .isEqualTo(
            "raft kept its promises in all 3 rounds; etcd BROKE ITS PROMISES in 1 of 3, kept its"
                + " promises in 2 of 3.");
    assertThat(comparison.conclusion().stream().filter(said -> said.contains("etcd was")))
        .isEmpty();
    assertThat(comparison.conclusion().get(1))
        .contains("after kill etcd, which broke its promises, was faster");
    SystemFigures etcd = comparison.systems().getLast();
    assertThat(etcd.counterexample())
        .isEqualTo(
            new SystemFigures.Counterexample(
                2, "linearizable", Runs.staleRead().claim(), "results/runs/etcd-2"));
    assertThat(etcd.checks())
        .contains(new SystemFigures.CheckRow("linearizable", Map.of("VALID", 2, "INVALID", 1)));
  }

  @Test
  void runsThatFailedOrProvedNothingAreNamedSo() {
    Comparison comparison =
        Comparison.of(
            List.of(
                notStarted("etcd", 1),
                notStarted("etcd", 2),
                Comparisons.judged(
                    "raft",
                    1,
                    List.of(Runs.result("stats", Verdict.unknown("no kill struck"), "vacuous")),
                    Comparisons.figures(1, 400),
                    ServerMetrics.none(),
                    Map.of()),
                Comparisons.judged(
                    "raft",
                    2,
                    Comparisons.valid(),
                    Comparisons.figures(2, 400),
                    ServerMetrics.none(),
                    Map.of())));

    assertThat(comparison.conclusion())
        .containsExactly(
            "etcd failed to start in both rounds; raft proved nothing in 1 of 2, kept its promises"
                + " in 1 of 2.",
            "No kind of fault struck two of them, so nothing is said of who recovers faster.");
  }

  @Test
  void oneRunEachMakesNoWinner() {
    Comparison comparison =
        Comparison.of(
            List.of(
                Comparisons.judged(
                    "raft",
                    1,
                    Comparisons.valid(),
                    Comparisons.figures(1, 400),
                    Comparisons.QUIET,
                    Map.of()),
                Comparisons.judged(
                    "etcd",
                    1,
                    Comparisons.valid(),
                    Comparisons.figures(1, 9_000),
                    Comparisons.QUIET,
                    Map.of())));

    assertThat(comparison.conclusion())
        .containsExactly(
            "raft kept its promises in its only round; etcd kept its promises in its only round.",
            "Time to recover: after partition, kill and pause no difference beyond the spread.",
            "Longest outage: around partition, kill and pause no difference beyond the spread.");
  }

  @Test
  void roundsAreAddedUp() {
    SystemFigures etcd = Comparisons.twoSystems().systems().getLast();

    assertThat(etcd.allOperations().total()).isEqualTo(3 * 24_118);
    assertThat(etcd.errors().getFirst()).isEqualTo(new ErrorCount("timeout", false, 600));
    assertThat(etcd.leaderChanges()).isEqualTo(new Spread(3, 5, 6, 7));
    assertThat(etcd.condition("kill"))
        .hasValueSatisfying(kill -> {
          assertThat(kill.answered()).isEqualTo(6_006);
          assertThat(kill.raw().count()).isEqualTo(300);
          assertThat(Objects.requireNonNull(kill.okPerSecond()).median()).isEqualTo(250.25);
        });
    assertThat(etcd.metrics().leaderChanges()).isEqualTo(27);
    assertThat(etcd.metrics().longestWithoutLeaderNanos()).isEqualTo(4_000_000_000L);
    assertThat(etcd.metrics().peerRoundTripP99()).isNull();
    assertThat(etcd.alerts())
        .containsExactly(
            new SystemFigures.AlertRow(3, Comparisons.LOUD.alerts().getFirst()),
            new SystemFigures.AlertRow(3, Comparisons.LOUD.alerts().getLast()));
  }

  @Test
  void settingsThatDifferOrAreNotToldAreNotLikeForLike() {
    ComparedRun first =
        new ComparedRun.NotStarted("a", 1, "", Map.of("nodes", "3", "fsync", "yes"));
    ComparedRun second =
        new ComparedRun.NotStarted("a", 2, "", Map.of("nodes", "5", "fsync", "yes"));
    ComparedRun other = new ComparedRun.NotStarted("b", 1, "", Map.of("nodes", "5"));

    List<Setting> settings = Comparison.of(List.of(first, second, other)).settings();

    assertThat(settings)
        .containsExactlyInAnyOrder(
            new Setting("nodes", Map.of("a", "3 / 5", "b", "5"), false),
            new Setting("fsync", Map.of("a", "yes", "b", Comparison.NOT_TOLD), false));
    assertThat(Comparison.of(List.of(first)).differences()).isEmpty();
  }

  @Test
  void aRunWithoutAnySuccessHasFiguresOfNothing() {
    RunFigures none =
        RunFigures.of(
            new HistoryScript()
                .phase(0, "main")
                .fail(1, "write", 10, 20, "not-connected", true)
                .fault("f1", "kill", "effective", 100, 200)
                .phase(1_000, "heal")
                .build(),
            Duration.ofMillis(5));
    Comparison comparison =
        Comparison.of(
            List.of(
                Comparisons.judged(
                    "raft", 1, Comparisons.valid(), none, ServerMetrics.none(), Map.of())));

    SystemFigures raft = comparison.systems().getFirst();
    assertThat(raft.recoveryFrom("kill"))
        .hasValueSatisfying(
            kill -> assertThat(kill.afterEnd()).isEqualTo(new TimeSpread(0, 1, null, null, null)));
    assertThat(raft.condition("kill"))
        .hasValueSatisfying(kill -> {
          assertThat(kill.total()).isZero();
          assertThat(kill.okPerSecond()).isEqualTo(new Spread(1, 0, 0, 0));
        });
  }

  @Test
  void thereMustBeARun() {
    assertThatThrownBy(() -> Comparison.of(List.of())).hasMessage("there is no run to compare");
  }
}
