package dev.faultline.raft.log;

import dev.faultline.raft.core.Effect;
import java.io.IOException;
import java.util.List;

/**
 * Where a node's promises are kept. Used by one thread at a time.
 *
 * <p>After an exception the storage is of no further use: every later {@link #write} fails too.
 */
public interface LogStorage extends AutoCloseable {

  /**
   * Writes {@code batch} in order. When this method returns, all of it is durable.
   *
   * @throws IOException if it is unknown whether it is
   */
  void write(List<Effect.Persist> batch) throws IOException;

  /** Releases the data directory. Idempotent. */
  @Override
  void close() throws IOException;
}
