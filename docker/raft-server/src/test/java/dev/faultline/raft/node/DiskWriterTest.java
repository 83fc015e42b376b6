package dev.faultline.raft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.faultline.raft.core.Effect;
import dev.faultline.raft.log.LogStorage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DiskWriterTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<Long> persisted = new CopyOnWriteArrayList<>();
  private final List<String> fatalErrors = new CopyOnWriteArrayList<>();
  private final SlowStorage storage = new SlowStorage();
  private final DiskWriter writer =
      new DiskWriter("disk", storage, persisted::add, (message, cause) -> fatalErrors.add(message));

  @Test
  void writesWhatGatheredDuringASyncAsOneBatch() {
    writer.start();
    writer.submit(persist(1));
    await().atMost(PATIENCE).until(() -> storage.batches.size() == 1);
    for (int sequence = 2; sequence <= 50; sequence++) {
      writer.submit(persist(sequence));
    }
    storage.proceed.countDown();
    writer.close();

    assertThat(storage.batches).containsExactly(1, 49);
    assertThat(persisted).containsExactly(1L, 50L);
    assertThat(fatalErrors).isEmpty();
  }

  @Test
  void neverWritesAgainAfterAnError() {
    storage.failure = new IOException("I/O error");
    storage.proceed.countDown();
    writer.start();
    writer.submit(persist(1));
    await().atMost(PATIENCE).until(() -> !fatalErrors.isEmpty());
    storage.failure = null;
    writer.submit(persist(2));
    writer.close();

    assertThat(fatalErrors).containsExactly("I/O error");
    assertThat(storage.batches).containsExactly(1);
    assertThat(persisted).isEmpty();
  }

  private static Effect.Persist persist(long sequence) {
    return new Effect.Persist(sequence, null, List.of());
  }

  /** Notes the sizes of batches, and holds the disk thread until it may proceed. */
  private static final class SlowStorage implements LogStorage {

    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private final CountDownLatch proceed = new CountDownLatch(1);
    private volatile @Nullable IOException failure;

    @Override
    public void write(List<Effect.Persist> batch) throws IOException {
      batches.add(batch.size());
      try {
        proceed.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      IOException error = failure;
      if (error != null) {
        throw error;
      }
    }

    @Override
    public void close() {}
  }
}
