package dev.faultline.raft.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Random faults over many seeds; {@link SafetyOracle} watches each step of each run. */
class RaftCoreSafetyTest {

  private static final int SEEDS = 200;

  @Test
  void everySeedIsSafeAndRecovers() {
    long applied = 0;
    long ready = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      Chaos chaos = new Chaos(seed, RaftPolicy::new);
      try {
        chaos.run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
      applied += chaos.applied();
      ready += chaos.readsReady();
    }
    // A run in which nothing gets through proves nothing.
    assertThat(applied).isGreaterThan(SEEDS * 20L);
    assertThat(ready).isGreaterThan(SEEDS * 10L);
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    for (long seed = 1; seed <= 5; seed++) {
      assertThat(traceOf(seed)).isEqualTo(traceOf(seed)).hasSizeGreaterThan(1000);
    }
    assertThat(traceOf(1)).isNotEqualTo(traceOf(2));
  }

  private static List<String> traceOf(long seed) {
    Chaos chaos = new Chaos(seed, RaftPolicy::new);
    Trace trace = chaos.group().record();
    chaos.run();
    return trace.lines();
  }

  @Test
  void aGroupSurvivesLongerRunsWithSmallBatches() {
    List<Long> lengths = new ArrayList<>();
    for (long seed = 1001; seed <= 1005; seed++) {
      Chaos chaos = new Chaos(seed, RaftPolicy::new);
      chaos.storm(Duration.ofSeconds(10));
      chaos.recover();
      lengths.add(chaos.group().oracle().committedIndex());
    }
    assertThat(lengths).allSatisfy(length -> assertThat(length).isGreaterThan(100));
  }
}
