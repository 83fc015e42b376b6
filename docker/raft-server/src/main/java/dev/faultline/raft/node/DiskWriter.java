package dev.faultline.raft.node;

import dev.faultline.raft.core.Effect;
import dev.faultline.raft.log.LogStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongConsumer;

/**
 * The thread that writes the log: everything that waits at once, and again (group commit).
 *
 * <p>What waits is not bounded here: it holds references only, to entries that the core keeps
 * anyway.
 */
final class DiskWriter {

  private static final Effect.Persist STOP = new Effect.Persist(Long.MIN_VALUE, null, List.of());

  private final LogStorage storage;
  private final LongConsumer persisted;
  private final FatalErrorHandler fatal;
  private final BlockingQueue<Effect.Persist> queue = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Thread thread;

  /**
   * Makes the thread.
   *
   * @param persisted is told the last sequence of each batch once it is durable
   * @param fatal is called for the first error; nothing is written after it
   */
  DiskWriter(String name, LogStorage storage, LongConsumer persisted, FatalErrorHandler fatal) {
    this.storage = storage;
    this.persisted = persisted;
    this.fatal = fatal;
    this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void submit(Effect.Persist persist) {
    queue.add(persist);
  }

  private void run() {
    var batch = new ArrayList<Effect.Persist>();
    try {
      boolean running = true;
      while (running) {
        batch.add(queue.take());
        queue.drainTo(batch);
        running = !batch.remove(STOP);
        if (!batch.isEmpty()) {
          storage.write(batch);
          persisted.accept(batch.getLast().sequence());
          batch.clear();
        }
      }
    } catch (InterruptedException e) {
      fatal.fatal("the disk thread was interrupted", e);
    } catch (Throwable e) {
      fatal.fatal(String.valueOf(e.getMessage()), e);
    } finally {
      ended.complete(null);
    }
  }

  /** Writes what was submitted and ends the thread; an interrupt does not cut this short. */
  void close() {
    queue.add(STOP);
    ended.join();
  }
}
