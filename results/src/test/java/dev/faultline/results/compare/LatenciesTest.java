package dev.faultline.results.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatenciesTest {

  private static final Percentage THREE_DIGITS = Percentage.withPercentage(0.1);

  @Test
  void theCorrectionPutsInWhatAClientThatWasStuckLeftOut() {
    Latencies latencies = new Latencies();
    latencies.record(1_000_000, Duration.ofMillis(250));
    latencies.record(1_000_000_000, Duration.ofMillis(250));

    assertThat(latencies.raw().count()).isEqualTo(2);
    // 1 ms, and 250, 500, 750, 1000 ms.
    assertThat(latencies.corrected().count()).isEqualTo(5);
    assertThat(latencies.corrected().p50Nanos()).isCloseTo(500_000_000, THREE_DIGITS);
    assertThat(latencies.corrected().maxNanos()).isCloseTo(1_000_000_000, THREE_DIGITS);
    assertThat(latencies.raw().p50Nanos()).isCloseTo(1_000_000, THREE_DIGITS);
  }

  @Test
  void withoutAScheduleNothingIsPutIn() {
    Latencies latencies = new Latencies();
    latencies.record(1_000_000_000, Duration.ZERO);

    assertThat(latencies.corrected()).isEqualTo(latencies.raw());
  }

  @Test
  void mergingIsRecordingInOnePlace() throws Exception {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      Latencies together = new Latencies();
      List<Latencies> parts = new ArrayList<>();
      for (int part = random.nextInt(5); part >= 0; part--) {
        Duration interval = Duration.ofMillis(random.nextInt(100));
        Latencies own = new Latencies();
        for (int i = random.nextInt(200); i > 0; i--) {
          long nanos = (long) Math.exp(random.nextDouble() * Math.log(1e10));
          own.record(nanos, interval);
          together.record(nanos, interval);
        }
        parts.add(own);
      }

      Latencies merged = Latencies.merged(parts);

      assertThat(merged.raw()).as("seed %s", seed).isEqualTo(together.raw());
      assertThat(merged.corrected()).as("seed %s", seed).isEqualTo(together.corrected());
      assertThat(Histogram.fromString(merged.encoded()))
          .as("seed %s", seed)
          .isEqualTo(Histogram.fromString(together.encoded()));
    }
  }

  @Test
  void anotherProgramCanReadTheWholeDistribution() throws Exception {
    Latencies latencies = new Latencies();
    latencies.record(3_000_000, Duration.ofMillis(1));
    latencies.record(40_000_000, Duration.ofMillis(1));

    Histogram read = Histogram.fromString(latencies.encoded());

    assertThat(read.getTotalCount()).isEqualTo(2);
    assertThat(read.getValueAtPercentile(50)).isCloseTo(3_000_000, THREE_DIGITS);
    assertThat(read.getMaxValue()).isCloseTo(40_000_000, THREE_DIGITS);
  }

  @Test
  void ofNothingEverythingIsZero() {
    assertThat(new Latencies().raw()).isEqualTo(new Quantiles(0, 0, 0, 0, 0));
    assertThat(Latencies.merged(List.of()).corrected()).isEqualTo(new Quantiles(0, 0, 0, 0, 0));
  }
}
