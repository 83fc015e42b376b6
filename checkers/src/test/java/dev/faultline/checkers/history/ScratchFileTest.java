package dev.faultline.checkers.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFileTest {

  @TempDir Path directory;

  /** Nothing can be left that has no name, not even by a process that is killed. */
  @Test
  void hasNoNameWhileItIsUsed() throws IOException {
    try (ScratchFile scratch = ScratchFile.open(directory, 1)) {
      int block = scratch.write(new byte[] {1, 2, 3}, 3);
      try (Stream<Path> left = Files.list(directory)) {
        assertThat(left).isEmpty();
      }
      byte[] read = new byte[2];
      scratch.read(block, read, 2);
      assertThat(read).containsExactly(1, 2);
    }
  }

  @Test
  void usesBlocksAgain() throws IOException {
    try (ScratchFile scratch = ScratchFile.open(directory, 1)) {
      byte[] full = new byte[ScratchFile.BLOCK_BYTES];
      int first = scratch.write(full, full.length);
      full[full.length - 1] = 7;
      int second = scratch.write(full, full.length);
      assertThat(scratch.blocks()).isEqualTo(2);
      scratch.free(first);
      assertThat(scratch.write(new byte[] {9}, 1)).isEqualTo(first);
      scratch.read(second, full, full.length);
      assertThat(full).endsWith(7).startsWith(0);
      assertThat(scratch.blocks()).isEqualTo(2);
    }
  }

  @Test
  void saysWhatToDoWithoutRoom() {
    assertThatThrownBy(() -> ScratchFile.open(directory, Long.MAX_VALUE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be kept in " + directory + ": they need ")
        .hasMessageContaining("-Djava.io.tmpdir=")
        .hasMessageContaining("FAULTLINE_HEAP");
    assertThatThrownBy(() -> ScratchFile.open(directory.resolve("none"), 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be kept in " + directory.resolve("none"));
  }
}
