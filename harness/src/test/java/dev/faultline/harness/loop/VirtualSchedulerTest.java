package dev.faultline.harness.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualSchedulerTest {

  private final VirtualScheduler scheduler = new VirtualScheduler();
  private final List<String> ran = new ArrayList<>();

  private Runnable note(String what) {
    return () -> ran.add(what + "@" + scheduler.nowNanos());
  }

  @Test
  void runsInOrderOfTimeAndThenOfScheduling() {
    scheduler.at(20, note("c"));
    scheduler.at(10, note("a"));
    scheduler.at(10, note("b"));
    scheduler.post(note("p"));
    scheduler.at(0, note("q"));
    scheduler.runUntilIdle();
    assertThat(ran).containsExactly("p@0", "q@0", "a@10", "b@10", "c@20");
  }

  @Test
  void timeNeverRunsBackwards() {
    scheduler.at(10, () -> scheduler.at(5, note("late")));
    scheduler.runUntilIdle();
    assertThat(ran).containsExactly("late@10");
  }

  @Test
  void aCancelledTimerDoesNotRun() {
    Scheduler.Timer timer = scheduler.at(10, note("a"));
    scheduler.at(5, timer::cancel);
    scheduler.runUntilIdle();
    timer.cancel();
    assertThat(ran).isEmpty();
    assertThat(scheduler.nowNanos()).isEqualTo(5);
  }

  @Test
  void runForStopsAtItsEnd() {
    scheduler.at(10, note("a"));
    scheduler.at(11, note("b"));
    scheduler.runFor(Duration.ofNanos(10));
    assertThat(ran).containsExactly("a@10");
    assertThat(scheduler.nowNanos()).isEqualTo(10);
    assertThat(scheduler.runNext()).isTrue();
    assertThat(scheduler.runNext()).isFalse();
  }

  @Test
  void whatATaskThrowsComesOut() {
    scheduler.post(() -> {
      throw new IllegalStateException("defect");
    });
    assertThatThrownBy(scheduler::runUntilIdle).hasMessage("defect");
  }
}
