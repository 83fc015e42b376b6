package dev.faultline.harness.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RealSchedulerTest {

  private final ConcurrentLinkedQueue<Throwable> defects = new ConcurrentLinkedQueue<>();
  private final RealScheduler scheduler = RealScheduler.start("test-loop", defects::add);

  @AfterEach
  void close() {
    scheduler.close();
  }

  @Test
  void everyPosterIsServedInItsOwnOrder() throws Exception {
    int posters = 4;
    int posts = 5_000;
    List<List<Integer>> seen = new ArrayList<>();
    CountDownLatch all = new CountDownLatch(posters * posts);
    List<Thread> threads = new ArrayList<>();
    for (int poster = 0; poster < posters; poster++) {
      List<Integer> own = new ArrayList<>(); // touched by the loop only, until the latch opens
      seen.add(own);
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; i < posts; i++) {
                  int number = i;
                  scheduler.post(() -> {
                    own.add(number);
                    all.countDown();
                  });
                }
              }));
    }
    assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(seen).allSatisfy(own -> assertThat(own).hasSize(posts).isSorted());
  }

  @Test
  void timersRunNotBeforeTheirTimeAndInOrder() throws Exception {
    CompletableFuture<List<Long>> result = new CompletableFuture<>();
    scheduler.post(() -> {
      List<Long> early = new ArrayList<>();
      long now = scheduler.nowNanos();
      long[] delays = {3_000_000, 1_000_000, 2_000_000};
      List<Long> order = new ArrayList<>();
      for (long delay : delays) {
        scheduler.at(
            now + delay,
            () -> {
              order.add(delay);
              if (scheduler.nowNanos() < now + delay) {
                early.add(delay);
              }
              if (order.size() == delays.length) {
                assertThat(early).isEmpty();
                result.complete(order);
              }
            });
      }
    });
    assertThat(result.get(30, TimeUnit.SECONDS))
        .containsExactly(1_000_000L, 2_000_000L, 3_000_000L);
  }

  @Test
  void whatWasPostedRunsBeforeATimerThatIsDue() throws Exception {
    CompletableFuture<List<String>> result = new CompletableFuture<>();
    List<String> order = new ArrayList<>();
    scheduler.post(() -> {
      scheduler.at(
          scheduler.nowNanos() - 1,
          () -> {
            order.add("timer");
            result.complete(order);
          });
      scheduler.post(() -> order.add("posted"));
    });
    // The timer was due all along, but the post had arrived when the loop next looked.
    assertThat(result.get(30, TimeUnit.SECONDS)).endsWith("timer");
  }

  @Test
  void aStarvedLoopTakesAnAnswerBeforeItsDeadline() throws Exception {
    CountDownLatch looping = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CompletableFuture<String> first = new CompletableFuture<>();
    scheduler.post(() -> {
      scheduler.after(1, () -> first.complete("deadline"));
      looping.countDown();
      awaitUninterruptibly(release); // the whole process is paused, say
    });
    looping.await();
    scheduler.post(() -> first.complete("answer"));
    release.countDown();
    assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo("answer");
  }

  @Test
  void aTaskThatThrowsDoesNotEndTheLoop() throws Exception {
    scheduler.post(() -> {
      throw new AssertionError("defect");
    });
    CompletableFuture<String> next = new CompletableFuture<>();
    scheduler.post(() -> next.complete("still here"));
    assertThat(next.get(30, TimeUnit.SECONDS)).isEqualTo("still here");
    assertThat(defects)
        .singleElement()
        .satisfies(thrown -> assertThat(thrown).hasMessage("defect"));
  }

  @Test
  void itNoticesThatItWasLate() throws Exception {
    long stallNanos = 50_000_000;
    CountDownLatch stalled = new CountDownLatch(1);
    scheduler.post(() -> {
      long end = System.nanoTime() + stallNanos;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      stalled.countDown();
    });
    assertThat(stalled.await(30, TimeUnit.SECONDS)).isTrue();
    // The heartbeat was due every 10 ms, so the one after the stall is 40 ms late at least.
    await().until(() -> scheduler.lateness().maxNanos() >= 35_000_000);
    assertThat(scheduler.lateness().timers()).isPositive();
  }

  @Test
  void timersAreForTheLoopOnly() {
    assertThatThrownBy(() -> scheduler.after(1, () -> {}))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closingDropsWhatWaits() {
    AtomicInteger ran = new AtomicInteger();
    scheduler.post(() -> {
      scheduler.post(ran::incrementAndGet);
      scheduler.close();
    });
    scheduler.close();
    scheduler.close();
    assertThat(ran).hasValue(0);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
