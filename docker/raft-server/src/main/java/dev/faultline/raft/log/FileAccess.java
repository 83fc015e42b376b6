package dev.faultline.raft.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** How the log reaches its files; tests put a disk in between that fails. */
interface FileAccess {

  /** The operating system's files. */
  FileAccess SYSTEM = FileChannel::open;

  FileChannel open(Path file, OpenOption... options) throws IOException;

  /**
   * Makes the names in {@code directory} durable: a file that was created or renamed is found after
   * a crash only once its directory has been synced too.
   */
  default void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
