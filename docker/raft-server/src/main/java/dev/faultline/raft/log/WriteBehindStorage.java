package dev.faultline.raft.log;

import dev.faultline.raft.core.Effect;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Storage for a policy that does not sync before it acknowledges: it reports writes as durable
 * while they wait in this process's memory, and hands them on about once a second.
 *
 * <p>What a kill loses is what waits here. (A write that had reached the page cache would outlive
 * the process, so merely leaving out the sync would lose nothing until the machine stops.)
 */
final class WriteBehindStorage implements LogStorage {

  private static final long FLUSH_NANOS = 1_000_000_000L;
  private static final long BUFFER_BYTES = 1 << 20;

  private final LogStorage storage;
  private final List<Effect.Persist> waiting = new ArrayList<>();
  private long waitingBytes;
  private long flushedNanos = System.nanoTime();

  WriteBehindStorage(LogStorage storage) {
    this.storage = storage;
  }

  @Override
  public void write(List<Effect.Persist> batch) throws IOException {
    for (Effect.Persist persist : batch) {
      waiting.add(persist);
      waitingBytes += persist.entries().stream().mapToLong(EntryCodec::sizeBytes).sum();
    }
    if (waitingBytes >= BUFFER_BYTES || System.nanoTime() - flushedNanos >= FLUSH_NANOS) {
      flush();
    }
  }

  private void flush() throws IOException {
    storage.write(waiting);
    waiting.clear();
    waitingBytes = 0;
    flushedNanos = System.nanoTime();
  }

  @Override
  public void close() throws IOException {
    try (storage) {
      flush();
    }
  }
}
