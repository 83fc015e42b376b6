package dev.faultline.raft.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.raft.core.BootState;
import dev.faultline.raft.core.Effect;
import dev.faultline.raft.core.Entry;
import dev.faultline.raft.core.HardState;
import dev.faultline.raft.core.NodeId;
import dev.faultline.raft.core.Payload;
import dev.faultline.raft.core.ProposalId;
import dev.faultline.raft.core.RaftPolicy;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process said it had written is there after it was killed, time and again. */
class KilledWriterIT {

  private static final NodeId SELF = new NodeId("n1");
  private static final int KILLS = 5;
  private static final int ACKNOWLEDGED_BEFORE_A_KILL = 40;
  private static final int SEGMENT_BYTES = 4096;

  @TempDir Path directory;

  @Test
  void nothingThatWasAcknowledgedIsLost() throws Exception {
    long acknowledged = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      long before = acknowledged;
      acknowledged = writeUntilKilled();
      assertThat(acknowledged).isGreaterThan(before);

      OpenedStorage opened = open();
      opened.storage().close();

      BootState boot = opened.boot();
      assertThat(boot.log()).hasSizeGreaterThanOrEqualTo((int) acknowledged);
      assertThat(boot.hardState().term()).isGreaterThanOrEqualTo(acknowledged);
      assertThat(boot.incarnation()).as("the writer's starts and ours").isEqualTo(2L * kill);
    }
  }

  /** Returns the last index that the writer acknowledged. */
  private long writeUntilKilled() throws IOException, InterruptedException {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = writer.inputReader()) {
      long last = 0;
      int lines = 0;
      String line;
      while ((line = out.readLine()) != null) {
        if (!line.startsWith("durable ")) {
          continue; // A log line.
        }
        last = Long.parseLong(line.substring("durable ".length()));
        if (++lines == ACKNOWLEDGED_BEFORE_A_KILL) {
          // Through the handle: what the process said before it died can still be read.
          writer.toHandle().destroyForcibly();
        }
      }
      return last;
    } finally {
      writer.destroyForcibly().waitFor();
    }
  }

  private OpenedStorage open() throws IOException {
    return Writer.open(directory);
  }

  /** Appends entries and says so, for ever. */
  static final class Writer {

    private Writer() {}

    static OpenedStorage open(Path directory) throws IOException {
      return RaftStorage.open(
          directory, SELF, new RaftPolicy(), nanos -> {}, FileAccess.SYSTEM, SEGMENT_BYTES);
    }

    public static void main(String[] arguments) throws IOException {
      OpenedStorage opened = open(Path.of(arguments[0]));
      try (LogStorage storage = opened.storage()) {
        for (long index = opened.boot().log().size() + 1L; !System.out.checkError(); index++) {
          var id = new ProposalId(SELF, opened.boot().incarnation(), index, index);
          var entry = new Entry(index, index, new Payload.Command(id, new byte[100]));
          storage.write(
              List.of(new Effect.Persist(index, new HardState(index, SELF), List.of(entry))));
          System.out.println("durable " + index);
        }
      }
    }
  }
}
