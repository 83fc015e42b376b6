package dev.faultline.nemeses.proxy;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One toxic at work on one direction of one connection: a queue and a virtual thread that empties
 * it.
 *
 * <p>Settings can change and the stage can be retired at any moment; whatever the thread waits for
 * then ends at once and what it holds is passed on, never dropped, as in Toxiproxy. A retired stage
 * passes on what is left and takes itself out of the chain as soon as it is empty; nobody waits for
 * that, because the far end may be a stopped process whose socket takes nothing.
 */
final class ToxicStage implements Sink {

  /** As many chunks as Toxiproxy lets be under way in a latency toxic. */
  private static final int LATENCY_CHUNKS = 1024;

  /** Bytes under way. */
  private static final class Chunk {
    final byte[] data;
    final long arrivedNanos;

    Chunk(byte[] data, long arrivedNanos) {
      this.data = data;
      this.arrivedNanos = arrivedNanos;
    }
  }

  private final Pipe pipe;
  private final Valve output;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private final ArrayDeque<Chunk> queue = new ArrayDeque<>();
  private Toxic toxic;
  private boolean working;
  private int version;
  private boolean retired;
  private boolean sourceEnded;
  private boolean closed;

  // Only the stage's own thread uses these.
  private long limitDataPassed;
  private long bandwidthDebtNanos;

  ToxicStage(Pipe pipe, Toxic toxic, Sink next) {
    this.pipe = pipe;
    this.toxic = toxic;
    this.output = new Valve(next);
    this.working = drawn(toxic);
  }

  void start() {
    Thread.ofVirtual().name("toxic-" + toxic.name()).start(this::run);
  }

  Valve output() {
    return output;
  }

  /** Does this stage stand for the toxic of that name? */
  boolean is(String name) {
    lock.lock();
    try {
      return !retired && toxic.name().equals(name);
    } finally {
      lock.unlock();
    }
  }

  /** Goes on with other settings; the share of connections is drawn anew. */
  void update(Toxic newer) {
    lock.lock();
    try {
      toxic = newer;
      working = drawn(newer);
      version++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Stops being toxic. */
  void retire() {
    lock.lock();
    try {
      retired = true;
      version++;
      if (toxic.settings() instanceof ToxicSettings.Timeout) {
        closed = true;
        queue.clear();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends at once, whatever it holds, because the connection has. */
  void abandon() {
    lock.lock();
    try {
      closed = true;
      queue.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean put(byte[] buffer, int offset, int length, long arrivedNanos) {
    byte[] copy = Arrays.copyOfRange(buffer, offset, offset + length);
    lock.lock();
    try {
      while (!closed && queue.size() >= capacity()) {
        changed.awaitUninterruptibly();
      }
      if (!closed) {
        queue.add(new Chunk(copy, arrivedNanos));
        changed.signalAll();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void end() {
    lock.lock();
    try {
      sourceEnded = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private int capacity() {
    return toxic.settings() instanceof ToxicSettings.Latency ? LATENCY_CHUNKS : 1;
  }

  private static boolean drawn(Toxic toxic) {
    return ThreadLocalRandom.current().nextFloat() < toxic.toxicity();
  }

  private boolean isEmpty() {
    lock.lock();
    try {
      return queue.isEmpty() && !sourceEnded && !closed;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (true) {
      if (isRetired() && pipe.bypass(this, this::isEmpty)) {
        return;
      }
      int seen;
      @Nullable ToxicSettings settings;
      @Nullable Chunk chunk;
      lock.lock();
      try {
        seen = version;
        settings = working && !retired ? toxic.settings() : null;
        if (!awaitWork(settings)) {
          continue;
        }
        if (closed) {
          break;
        }
        chunk = queue.poll();
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      boolean open = chunk == null ? atEnd(settings, seen) : pass(chunk, settings, seen);
      if (!open) {
        break;
      }
    }
    lock.lock();
    try {
      closed = true;
      queue.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    output.end();
  }

  private boolean isRetired() {
    lock.lock();
    try {
      return retired;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits, with the lock, until there is a chunk, the end, or (false) other settings to start over
   * with. A timeout toxic also ends the wait, and the stream, when its time is up.
   */
  private boolean awaitWork(@Nullable ToxicSettings settings) {
    int seen = version;
    long deadline =
        settings instanceof ToxicSettings.Timeout(long millis) && millis > 0
            ? System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis)
            : Long.MAX_VALUE;
    while (queue.isEmpty() && !sourceEnded && !closed) {
      if (version != seen) {
        return false;
      }
      if (!awaitUntil(deadline)) {
        closed = true;
      }
    }
    // What came together with other settings must meet those.
    return version == seen || closed;
  }

  /** Waits for a signal; false if the time is up. Needs the lock. */
  @SuppressWarnings("WaitNotInLoop") // both callers loop on their own conditions
  private boolean awaitUntil(long deadlineNanos) {
    try {
      if (deadlineNanos == Long.MAX_VALUE) {
        changed.await();
        return true;
      }
      return changed.awaitNanos(deadlineNanos - System.nanoTime()) > 0;
    } catch (InterruptedException e) {
      // Nobody interrupts these threads; if somebody did, ending the stream is the honest answer.
      closed = true;
      return true;
    }
  }

  /** The source has closed. Returns whether to go on, with other settings. */
  private boolean atEnd(@Nullable ToxicSettings settings, int seen) {
    return switch (settings) {
      case ToxicSettings.SlowClose(long delay) ->
          !pause(TimeUnit.MILLISECONDS.toNanos(delay), seen) && !isClosed();
      case ToxicSettings.ResetPeer(long timeout) -> reset(timeout, seen);
      case null, default -> false;
    };
  }

  /** Does to a chunk what the toxic does. Returns whether the stream goes on. */
  private boolean pass(Chunk chunk, @Nullable ToxicSettings settings, int seen) {
    return switch (settings) {
      case null -> emit(chunk.data, 0, chunk.data.length, chunk);
      case ToxicSettings.SlowClose _ -> emit(chunk.data, 0, chunk.data.length, chunk);
      case ToxicSettings.Timeout _ -> true; // dropped
      case ToxicSettings.Latency latency -> delay(chunk, latency, seen);
      case ToxicSettings.Bandwidth bandwidth -> throttle(chunk, bandwidth, seen);
      case ToxicSettings.Slicer slicer -> slice(chunk, slicer, 0, chunk.data.length, seen);
      case ToxicSettings.LimitData(long bytes) -> limit(chunk, bytes);
      case ToxicSettings.ResetPeer(long timeout) -> reset(timeout, seen);
    };
  }

  private boolean delay(Chunk chunk, ToxicSettings.Latency latency, int seen) {
    long nanos = TimeUnit.MILLISECONDS.toNanos(latency.latency());
    long jitter = TimeUnit.MILLISECONDS.toNanos(latency.jitter());
    if (jitter > 0) {
      nanos += ThreadLocalRandom.current().nextLong(-jitter, jitter);
    }
    pause(nanos - (System.nanoTime() - chunk.arrivedNanos), seen);
    return emit(chunk.data, 0, chunk.data.length, chunk);
  }

  /**
   * Sends in pieces of a tenth of a second, so that low rates trickle instead of coming in gulps.
   */
  private boolean throttle(Chunk chunk, ToxicSettings.Bandwidth bandwidth, int seen) {
    int sent = 0;
    if (bandwidth.rate() <= 0) {
      // As in Toxiproxy, a rate of zero lets nothing pass until the settings change.
      pause(Long.MAX_VALUE / 2, seen);
      return emit(chunk.data, 0, chunk.data.length, chunk);
    }
    bandwidthDebtNanos += TimeUnit.MILLISECONDS.toNanos(chunk.data.length) / bandwidth.rate();
    long tenth = bandwidth.rate() * 100;
    while (chunk.data.length - sent > tenth) {
      boolean undisturbed = pause(TimeUnit.MILLISECONDS.toNanos(100), seen);
      int piece = undisturbed ? (int) tenth : chunk.data.length - sent;
      if (!emit(chunk.data, sent, piece, chunk)) {
        return false;
      }
      sent += piece;
      if (!undisturbed) {
        return true;
      }
      bandwidthDebtNanos -= TimeUnit.MILLISECONDS.toNanos(100);
    }
    long start = System.nanoTime();
    pause(bandwidthDebtNanos, seen);
    bandwidthDebtNanos -= System.nanoTime() - start;
    return emit(chunk.data, sent, chunk.data.length - sent, chunk);
  }

  /** Halves until the pieces are small enough, at a point that varies. */
  private boolean slice(Chunk chunk, ToxicSettings.Slicer slicer, int from, int to, int seen) {
    long size = Math.max(1, slicer.averageSize());
    long variation = Math.max(0, slicer.sizeVariation());
    if (to - from - size <= variation || to - from < 2) {
      return emit(chunk.data, from, to - from, chunk)
          && (pause(TimeUnit.MICROSECONDS.toNanos(slicer.delay()), seen) || !isClosed());
    }
    long shift = variation == 0 ? 0 : ThreadLocalRandom.current().nextLong(-variation, variation);
    int middle = Math.clamp(from + (to - from) / 2 + shift, from + 1, to - 1);
    return slice(chunk, slicer, from, middle, seen) && slice(chunk, slicer, middle, to, seen);
  }

  private boolean limit(Chunk chunk, long bytes) {
    int left = Math.clamp(bytes - limitDataPassed, 0, chunk.data.length);
    limitDataPassed += left;
    return (left == 0 || emit(chunk.data, 0, left, chunk)) && limitDataPassed < bytes;
  }

  private boolean reset(long timeoutMillis, int seen) {
    pause(TimeUnit.MILLISECONDS.toNanos(timeoutMillis), seen);
    pipe.reset();
    return false;
  }

  private boolean emit(byte[] data, int offset, int length, Chunk chunk) {
    return length == 0 || output.put(data, offset, length, chunk.arrivedNanos);
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Waits; false if the settings changed, the stage was retired or the connection closed. */
  private boolean pause(long nanos, int seen) {
    long deadline = System.nanoTime() + nanos;
    lock.lock();
    try {
      while (version == seen && !closed) {
        if (deadline - System.nanoTime() <= 0) {
          return true;
        }
        awaitUntil(deadline);
      }
      return false;
    } finally {
      lock.unlock();
    }
  }
}
