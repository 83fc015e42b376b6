package dev.faultline.raft.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private final Metrics metrics = new Metrics();

  @Test
  void writesCountersAndGaugesInTheTextFormat() {
    Counter failed = metrics.counter("failed_total", "How many\nfailed.");
    metrics.gauge("leader", "Is there one?", () -> 1);
    metrics.gauge("load", "How busy.", Map.of("cpu", "a\"b\\c"), () -> 0.25);
    failed.increment();
    failed.increment();

    assertThat(metrics.render())
        .isEqualTo(
            """
            # HELP failed_total How many\\nfailed.
            # TYPE failed_total counter
            failed_total 2
            # HELP leader Is there one?
            # TYPE leader gauge
            leader 1
            # HELP load How busy.
            # TYPE load gauge
            load{cpu="a\\"b\\\\c"} 0.25
            """);
  }

  @Test
  void writesHistogramsWithCumulativeInclusiveBuckets() {
    Histogram sync = metrics.histogram("sync_seconds", "Syncs.", Map.of(), new double[] {0.5, 1});
    sync.record(500_000_000L);
    sync.record(750_000_000L);
    sync.record(2_000_000_000L);

    assertThat(metrics.render())
        .isEqualTo(
            """
            # HELP sync_seconds Syncs.
            # TYPE sync_seconds histogram
            sync_seconds_bucket{le="0.5"} 1
            sync_seconds_bucket{le="1"} 2
            sync_seconds_bucket{le="+Inf"} 3
            sync_seconds_sum 3.25
            sync_seconds_count 3
            """);
  }

  @Test
  void writesTheMembersOfAFamilyUnderOneHeading() {
    metrics.histogram("rtt_seconds", "Trips.", Map.of("To", "n2"), new double[] {1});
    metrics.histogram("rtt_seconds", "Trips.", Map.of("To", "n3"), new double[] {1}).record(1);

    assertThat(metrics.render())
        .containsOnlyOnce("# TYPE rtt_seconds histogram")
        .contains("rtt_seconds_bucket{To=\"n2\",le=\"+Inf\"} 0")
        .contains("rtt_seconds_count{To=\"n3\"} 1");
  }

  @Test
  void hasEtcdsBuckets() {
    double[] bounds = Histogram.exponentialBounds(0.001, 2, 14);

    assertThat(bounds).hasSize(14).startsWith(0.001, 0.002, 0.004).endsWith(8.192);
  }

  @Test
  void refusesANameThatIsTaken() {
    metrics.counter("failed_total", "Failures.");

    assertThatThrownBy(() -> metrics.counter("failed_total", "Failures."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("failed_total");
    assertThatThrownBy(() -> metrics.gauge("failed_total", "?", Map.of("a", "b"), () -> 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
