package dev.faultline.harness.interpreter;

import dev.faultline.checkers.history.Event;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Streams a history to a file while the run goes on.
 *
 * <p>Two buffers: {@link #record} fills one while a thread of its own writes the other; they are
 * exchanged when one is half full, and every 50 ms. Each time everything is handed to the operating
 * system, so a harness that is killed loses a twentieth of a second, and at most one torn line at
 * the end. Nothing is ever dropped: when the disk is slower than the run, {@code record} waits, and
 * {@link #backPressureNanos()} says for how long in all.
 *
 * <p>Lines are numbered from 0, and an event from before the last one is refused. When writing
 * fails, as on a full disk, the handler given at the start is called once, nothing more is written
 * (it would follow a torn line), and {@link #close} throws.
 */
public final class HistoryRecorder implements Recorder, AutoCloseable {

  private static final long FLUSH_NANOS = Duration.ofMillis(50).toNanos();
  private static final int DEFAULT_CAPACITY = 1 << 15;
  private static final int CHUNK_CHARS = 1 << 16;

  private final OutputStream out;
  private final LineFormat format;
  private final Consumer<? super IOException> onFailure;
  private final Thread writer;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition room = lock.newCondition();

  // Guarded by lock.
  private @Nullable Event[] filling;
  private int filled;
  private long lastTimeNanos = Long.MIN_VALUE;
  private long recorded;
  private long backPressureNanos;
  private boolean closing;
  private @Nullable IOException failure;

  // The writer's own.
  private final StringBuilder text = new StringBuilder(CHUNK_CHARS + 1024);
  private @Nullable Event[] writing;
  private int nextIndex;

  HistoryRecorder(
      OutputStream out, int capacity, LineFormat format, Consumer<? super IOException> onFailure) {
    this.out = out;
    this.format = format;
    this.onFailure = onFailure;
    this.filling = new @Nullable Event[capacity];
    this.writing = new @Nullable Event[capacity];
    this.writer = Thread.ofPlatform().name("faultline-history").daemon().unstarted(this::write);
  }

  /**
   * Creates {@code file}, or empties it, and begins to record.
   *
   * @param onFailure is called on the writer's thread, at most once, if the file cannot be written
   * @throws IOException if the file cannot be created
   */
  public static HistoryRecorder create(
      Path file, LineFormat format, Consumer<? super IOException> onFailure) throws IOException {
    return start(new FileOutputStream(file.toFile()), DEFAULT_CAPACITY, format, onFailure);
  }

  static HistoryRecorder start(
      OutputStream out, int capacity, LineFormat format, Consumer<? super IOException> onFailure) {
    HistoryRecorder recorder = new HistoryRecorder(out, capacity, format, onFailure);
    recorder.writer.start();
    return recorder;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the event is from before the last one
   * @throws IllegalStateException if this is closed
   */
  @Override
  public void record(Event event) {
    lock.lock();
    try {
      if (event.timeNanos() < lastTimeNanos) {
        throw new IllegalArgumentException(
            "time runs backwards in the history: "
                + event.timeNanos()
                + " ns after "
                + lastTimeNanos
                + " ns");
      }
      awaitRoom();
      if (closing) {
        throw new IllegalStateException("the history is closed");
      }
      if (failure != null) {
        return;
      }
      lastTimeNanos = event.timeNanos();
      filling[filled++] = event;
      recorded++;
      if (filled == filling.length / 2) {
        work.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many events were taken. Safe from any thread. */
  public long recorded() {
    lock.lock();
    try {
      return recorded;
    } finally {
      lock.unlock();
    }
  }

  /** Returns for how long the run waited for the disk, in nanoseconds. Safe from any thread. */
  public long backPressureNanos() {
    lock.lock();
    try {
      return backPressureNanos;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes what is left, brings it to the disk and closes the file. Idempotent.
   *
   * @throws IOException if anything could not be written, now or earlier
   */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      closing = true;
      work.signal();
      room.signalAll();
    } finally {
      lock.unlock();
    }
    joinWriter();
    lock.lock();
    try {
      if (failure != null) {
        throw new IOException("the history is incomplete: " + failure.getMessage(), failure);
      }
    } finally {
      lock.unlock();
    }
  }

  private void awaitRoom() {
    if (filled < filling.length || failure != null) {
      return;
    }
    work.signal();
    long since = System.nanoTime();
    while (filled == filling.length && failure == null && !closing) {
      room.awaitUninterruptibly();
    }
    backPressureNanos += System.nanoTime() - since;
  }

  private void joinWriter() {
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException _) {
        interrupted = true; // the history matters more; whoever interrupts finds the flag again
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    try (out) {
      for (int count; (count = exchange()) >= 0; ) {
        writeLines(count);
      }
      if (out instanceof FileOutputStream file) {
        file.getFD().sync();
      }
    } catch (IOException e) {
      fail(e);
    } catch (InterruptedException | RuntimeException | Error e) {
      // Nobody may be left waiting for room that never comes.
      fail(new IOException("the history's writer ended: " + e, e));
    }
  }

  /** Waits for events and takes them; returns how many, or -1 when there will be no more. */
  private int exchange() throws InterruptedException {
    lock.lock();
    try {
      long waitNanos = FLUSH_NANOS;
      while (filled < filling.length / 2 && !closing && waitNanos > 0) {
        waitNanos = work.awaitNanos(waitNanos);
      }
      if (closing && filled == 0) {
        return -1;
      }
      @Nullable Event[] full = filling;
      int count = filled;
      filling = writing;
      filled = 0;
      writing = full;
      room.signalAll();
      return count;
    } finally {
      lock.unlock();
    }
  }

  private void writeLines(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Event event = writing[i];
      if (event != null) {
        format.append(text, nextIndex++, event);
      }
      if (text.length() >= CHUNK_CHARS) {
        writeText();
      }
    }
    writeText();
    Arrays.fill(writing, 0, count, null); // written events need not survive the next collection
  }

  private void writeText() throws IOException {
    if (!text.isEmpty()) {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
      out.flush();
      text.setLength(0);
    }
  }

  private void fail(IOException e) {
    lock.lock();
    try {
      failure = e;
      room.signalAll();
    } finally {
      lock.unlock();
    }
    onFailure.accept(e);
  }
}
