package dev.faultline.results.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BucketQuantileTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static Optional<BucketQuantile> p99(Map<Double, Double> buckets) {
    return BucketQuantile.of(0.99, new TreeMap<>(buckets));
  }

  @Test
  void interpolatesWithinTheBucketAsPrometheusDoes() {
    Optional<BucketQuantile> quantile =
        p99(Map.of(0.001, 900.0, 0.008, 980.0, 0.016, 1000.0, INFINITY, 1000.0));

    assertThat(quantile).isPresent();
    // 10 of the 20 observations between 8 and 16 ms.
    assertThat(quantile.get().seconds()).isCloseTo(0.012, within(1e-9));
    assertThat(quantile.get().words()).isEqualTo("~12 ms");
    assertThat(quantile.get().bucket()).isEqualTo("between 8.0 ms and 16 ms");
  }

  @Test
  void saysOnlyTheBoundInTheFirstAndTheLastBucket() {
    assertThat(p99(Map.of(0.001, 5.0, INFINITY, 5.0)).map(BucketQuantile::words))
        .contains("< 1.0 ms");
    Optional<BucketQuantile> last = p99(Map.of(0.001, 5.0, 8.192, 5.0, INFINITY, 10.0));
    assertThat(last.map(BucketQuantile::words)).contains("> 8.2 s");
    assertThat(last.map(BucketQuantile::bucket)).contains("above 8.2 s");
  }

  @Test
  void emptyBucketsBeforeTheQuantileAreItsLowerEnd() {
    Optional<BucketQuantile> quantile =
        p99(Map.of(0.001, 0.0, 0.002, 0.0, 0.004, 100.0, INFINITY, 100.0));

    assertThat(quantile).isPresent();
    assertThat(quantile.get().lowSeconds()).isEqualTo(0.002);
    assertThat(quantile.get().seconds()).isCloseTo(0.00398, within(1e-9));
  }

  @Test
  void ofNoObservationsThereIsNone() {
    assertThat(p99(Map.of())).isEmpty();
    assertThat(p99(Map.of(0.001, 0.0, INFINITY, 0.0))).isEmpty();
    assertThat(p99(Map.of(0.001, 5.0))).isEmpty();
  }
}
