package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A search is stopped when its budget is spent, and is told which part of it. */
class MeterTest {

  private static final long LATER = System.nanoTime() + Duration.ofHours(1).toNanos();

  @Test
  void countsConfigurations() {
    Meter meter = new Meter(new Limits(LATER, 1_000), 0);
    for (int i = 0; i < 40; i++) {
      assertThat(meter.tick()).isTrue();
    }
    assertThat(meter.states()).isEqualTo(40);
    assertThat(meter.isSpent()).isFalse();
  }

  @Test
  void stopsWhenTimeIsUp() {
    Meter meter = new Meter(new Limits(System.nanoTime(), 1_000), 0);
    assertThat(meter.tick()).isFalse();
    assertThat(meter.isSpent()).isTrue();
    assertThat(meter.outOfTime()).isTrue();
    assertThat(meter.outOfMemory()).isFalse();
  }

  @Test
  void looksAtTheBudgetEverySixteenConfigurations() {
    AtomicLong bytes = new AtomicLong();
    Meter meter = new Meter(new Limits(LATER, 1_000), 0);
    meter.watch(bytes::get);
    assertThat(meter.tick()).isTrue();
    bytes.set(10_000);
    for (int i = 0; i < 15; i++) {
      assertThat(meter.tick()).isTrue();
    }
    assertThat(meter.tick()).isFalse();
    assertThat(meter.outOfMemory()).isTrue();
    assertThat(meter.outOfTime()).isFalse();
    assertThat(meter.isSpent()).isTrue();
  }

  @Test
  void whatGrowsMayTakeHalfOfWhatIsLeft() {
    assertThat(isWithin(300, 350)).isTrue();
    assertThat(isWithin(300, 351)).isFalse();
  }

  @Test
  void remembersTheMostThatWasTaken() {
    AtomicLong bytes = new AtomicLong(70);
    Meter meter = new Meter(new Limits(LATER, 1_000), 100);
    meter.watch(bytes::get);
    meter.watch(() -> 5);
    boolean _ = meter.tick();
    bytes.set(10);
    assertThat(meter.peakBytes()).isEqualTo(175);
    bytes.set(400);
    assertThat(meter.peakBytes()).isEqualTo(505);
  }

  private static boolean isWithin(long fixed, long growing) {
    Meter meter = new Meter(new Limits(LATER, 1_000), fixed);
    meter.watch(() -> growing);
    return meter.tick();
  }
}
