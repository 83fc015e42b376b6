package dev.faultline.raft.deviation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.raft.core.Chaos;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The random runs that the plain server passes must fail with each deviation: what shows that those
 * runs could have failed.
 */
class DeviationDetectionTest {

  private static final int SEEDS = 400;

  static List<Deviation> deviations() {
    return Deviations.all();
  }

  @ParameterizedTest
  @MethodSource("deviations")
  void randomFaultsShowTheDeviation(Deviation deviation) {
    assertThat(LongStream.rangeClosed(1, SEEDS).anyMatch(seed -> fails(deviation, seed)))
        .as(deviation.name() + " shows within " + SEEDS + " seeds")
        .isTrue();
  }

  private static boolean fails(Deviation deviation, long seed) {
    try {
      new Chaos(seed, deviation.policy()).run();
      return false;
    } catch (AssertionError | IllegalStateException e) {
      return true;
    }
  }
}
