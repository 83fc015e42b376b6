package dev.faultline.checkers.history;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Locale;

/**
 * Room on the disk, in blocks, for what does not fit into memory.
 *
 * <p>All blocks lie in one file that has no name from the moment it is open, so that the system
 * takes it away with the process, however that ends: nothing is ever left to be cleared up. Blocks
 * that are given back are used again. Not safe for use by several threads.
 */
public final class ScratchFile implements Closeable {

  /** How large a block is. */
  static final int BLOCK_BYTES = 1 << 15;

  private static final int MEGABYTE_BITS = 20;

  private final Path directory;
  private final FileChannel channel;
  private final BitSet used = new BitSet();

  private ScratchFile(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Opens an empty one where temporary files go ({@code java.io.tmpdir}).
   *
   * @throws IOException if there is no room for {@code bytes}, or no file can be made there
   */
  public static ScratchFile open(long bytes) throws IOException {
    Path directory = Path.of(System.getProperty("java.io.tmpdir"));
    return open(directory, bytes);
  }

  static ScratchFile open(Path directory, long bytes) throws IOException {
    try {
      long room = Files.getFileStore(directory).getUsableSpace();
      if (bytes > room) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "they need %,d MB and %,d MB are left",
                bytes >> MEGABYTE_BITS,
                room >> MEGABYTE_BITS));
      }
      Path file = Files.createTempFile(directory, "faultline-check", ".scratch");
      FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      return new ScratchFile(directory, channel);
    } catch (IOException e) {
      throw failed(directory, e);
    }
  }

  /** Returns how many blocks fit into {@code bytes}. */
  public static long blocksIn(long bytes) {
    return bytes / BLOCK_BYTES;
  }

  /** Keeps {@code length} bytes and returns the number of their block. */
  int write(byte[] bytes, int length) throws IOException {
    int block = used.nextClearBit(0);
    ByteBuffer left = ByteBuffer.wrap(bytes, 0, length);
    long position = (long) block * BLOCK_BYTES;
    try {
      while (left.hasRemaining()) {
        position += channel.write(left, position);
      }
    } catch (IOException e) {
      throw failed(directory, e);
    }
    used.set(block);
    return block;
  }

  /** Reads the first {@code length} bytes of {@code block}. */
  void read(int block, byte[] into, int length) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(into, 0, length);
    long position = (long) block * BLOCK_BYTES;
    while (left.hasRemaining()) {
      int count = channel.read(left, position);
      if (count < 0) {
        throw new IOException("somebody cut the scratch file in " + directory + " short");
      }
      position += count;
    }
  }

  /** Gives {@code block} back. */
  void free(int block) {
    used.clear(block);
  }

  /** Returns how many blocks are in use. */
  int blocks() {
    return used.cardinality();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static IOException failed(Path directory, IOException cause) {
    return new IOException(
        "the history is too large for memory, and its parts cannot be kept in "
            + directory
            + ": "
            + (cause.getMessage() == null ? cause.toString() : cause.getMessage())
            + "; make room there, have them elsewhere"
            + " (JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIRECTORY), or give the process more memory"
            + " (FAULTLINE_HEAP=8g, or -Xmx8g)",
        cause);
  }
}
