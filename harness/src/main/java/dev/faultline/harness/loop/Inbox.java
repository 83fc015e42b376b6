package dev.faultline.harness.loop;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What other threads want the loop to run, first come, first served.
 *
 * <p>A stack that posters push on (Treiber, 1986) and that the loop takes whole and turns round. So
 * one look at it gives everything that had been posted by then, which the loop needs in order to
 * run all of it before any timer. A loop about to sleep leaves a mark in the empty stack; whoever
 * pushes over the mark wakes it, and nobody else pays for that.
 */
final class Inbox {

  /** A posted task and the one that was posted before it. */
  static final class Post {
    final Runnable task;
    @Nullable Post next;

    private Post(Runnable task) {
      this.task = task;
    }
  }

  private static final Post SLEEPING = new Post(() -> {});

  private final AtomicReference<@Nullable Post> newest = new AtomicReference<>();
  private volatile @Nullable Thread loop;

  /** Names the thread that takes and sleeps. */
  void serve(Thread thread) {
    loop = thread;
  }

  void post(Runnable task) {
    Post post = new Post(task);
    Post before;
    do {
      before = newest.get();
      post.next = before == SLEEPING ? null : before;
    } while (!newest.compareAndSet(before, post));
    if (before == SLEEPING) {
      LockSupport.unpark(loop);
    }
  }

  /** Takes everything that was posted, oldest first, linked by {@code next}; null if nothing. */
  @Nullable Post takeAll() {
    if (newest.get() == null) {
      return null;
    }
    Post post = newest.getAndSet(null);
    if (post == SLEEPING) {
      return null;
    }
    Post oldest = null;
    while (post != null) {
      Post before = post.next;
      post.next = oldest;
      oldest = post;
      post = before;
    }
    return oldest;
  }

  /** Sleeps until something is posted, {@code nanos} have passed, or for no reason at all. */
  void sleep(long nanos) {
    if (newest.compareAndSet(null, SLEEPING)) {
      LockSupport.parkNanos(this, nanos);
      newest.compareAndSet(SLEEPING, null);
    }
  }
}
