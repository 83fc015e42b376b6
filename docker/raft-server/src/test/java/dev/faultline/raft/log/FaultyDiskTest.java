package dev.faultline.raft.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.raft.core.Effect;
import dev.faultline.raft.core.HardState;
import dev.faultline.raft.core.NodeId;
import dev.faultline.raft.core.RaftPolicy;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultyDiskTest {

  private static final NodeId N1 = new NodeId("n1");
  private static final List<Effect.Persist> BATCH =
      List.of(new Effect.Persist(1, new HardState(1, N1), List.of()));

  @TempDir Path directory;

  private final FaultyChannel.Disk disk = new FaultyChannel.Disk();

  @Test
  void aFailedSyncIsFinal() throws IOException {
    try (LogStorage storage = open()) {
      disk.syncError = "Input/output error";
      assertThatThrownBy(() -> storage.write(BATCH))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("Input/output error");
      disk.syncError = null;
      int syncs = disk.syncs;

      assertThatThrownBy(() -> storage.write(BATCH))
          .as("a second sync could report success for pages that were dropped")
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("failed before");
      assertThat(disk.syncs).isEqualTo(syncs);
    }
  }

  @Test
  void saysThatTheDiskIsFull() throws IOException {
    try (LogStorage storage = open()) {
      disk.writeError = "No space left on device";

      assertThatThrownBy(() -> storage.write(BATCH))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("is full")
          .hasMessageContaining(directory.toString());
    }
  }

  @Test
  void saysThatTheDiskIsFullAtTheStart() {
    disk.writeError = "No space left on device";

    assertThatThrownBy(this::open)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("full");
    disk.writeError = null;
    assertThat(directory.resolve("wal-0000000000000001.log"))
        .as("a segment without its head")
        .doesNotExist();
  }

  private LogStorage open() throws IOException {
    FileAccess files =
        new FileAccess() {
          @Override
          public FileChannel open(Path file, OpenOption... options) throws IOException {
            return new FaultyChannel(FileChannel.open(file, options), disk);
          }
        };
    return RaftStorage.open(directory, N1, new RaftPolicy(), nanos -> {}, files, 1 << 20).storage();
  }
}
