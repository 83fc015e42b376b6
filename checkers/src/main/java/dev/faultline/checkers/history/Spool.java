package dev.faultline.checkers.history;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Events of a history in a {@link ScratchFile}: of each its place, its time, and its line as it
 * was. Is written once; may then be read, and is gone after {@link #delete}.
 */
final class Spool {

  private static final int INITIAL_BLOCKS = 8;

  private final ScratchFile scratch;
  private final DataOutputStream out = new DataOutputStream(new BlockOutput());

  private byte[] buffer = new byte[ScratchFile.BLOCK_BYTES];
  private int filled;
  private int[] blocks = new int[INITIAL_BLOCKS];
  private int blockCount;
  private int lastBytes;
  private int events;

  Spool(ScratchFile scratch) {
    this.scratch = scratch;
  }

  /** Returns how many events were added. */
  int events() {
    return events;
  }

  void add(int place, long timeNanos, byte[] bytes, int start, int end) throws IOException {
    out.writeInt(place);
    out.writeLong(timeNanos);
    out.writeInt(end - start);
    out.write(bytes, start, end - start);
    events++;
  }

  /** Ends the writing. */
  void finish() throws IOException {
    if (filled > 0) {
      lastBytes = filled;
      keepBlock();
    }
    buffer = new byte[0]; // There may be many of these.
    blocks = Arrays.copyOf(blocks, blockCount);
  }

  /** Gives all blocks back. */
  void delete() {
    for (int i = 0; i < blockCount; i++) {
      scratch.free(blocks[i]);
    }
    blockCount = 0;
    events = 0;
  }

  Records read() {
    return new Records(new DataInputStream(new BlockInput()), events);
  }

  private void keepBlock() throws IOException {
    if (blockCount == blocks.length) {
      blocks = Arrays.copyOf(blocks, 2 * blockCount);
    }
    blocks[blockCount++] = scratch.write(buffer, filled);
    filled = 0;
  }

  /** Goes through the events. */
  static final class Records {
    private final DataInputStream in;
    private int left;
    private int place;
    private long timeNanos;
    private byte[] bytes = new byte[1 << 10];
    private int length;

    private Records(DataInputStream in, int left) {
      this.in = in;
      this.left = left;
    }

    /** Moves to the next event; false if there is none. */
    boolean next() throws IOException {
      if (left-- == 0) {
        return false;
      }
      place = in.readInt();
      timeNanos = in.readLong();
      length = in.readInt();
      if (length > bytes.length) {
        bytes = new byte[Math.max(length, 2 * bytes.length)];
      }
      in.readFully(bytes, 0, length);
      return true;
    }

    int place() {
      return place;
    }

    long timeNanos() {
      return timeNanos;
    }

    byte[] bytes() {
      return bytes;
    }

    int length() {
      return length;
    }
  }

  /** Fills blocks. */
  private final class BlockOutput extends OutputStream {

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int start, int length) throws IOException {
      int done = 0;
      while (done < length) {
        if (filled == buffer.length) {
          keepBlock();
        }
        int count = Math.min(length - done, buffer.length - filled);
        System.arraycopy(from, start + done, buffer, filled, count);
        filled += count;
        done += count;
      }
    }
  }

  /** Empties blocks. */
  private final class BlockInput extends InputStream {
    private final byte[] block = new byte[ScratchFile.BLOCK_BYTES];
    private int next;
    private int taken;
    private int available;

    @Override
    public int read() throws IOException {
      return isAtEnd() ? -1 : Byte.toUnsignedInt(block[taken++]);
    }

    @Override
    public int read(byte[] into, int start, int length) throws IOException {
      if (isAtEnd()) {
        return -1;
      }
      int count = Math.min(length, available - taken);
      System.arraycopy(block, taken, into, start, count);
      taken += count;
      return count;
    }

    private boolean isAtEnd() throws IOException {
      if (taken < available) {
        return false;
      }
      if (next == blockCount) {
        return true;
      }
      available = next == blockCount - 1 ? lastBytes : ScratchFile.BLOCK_BYTES;
      scratch.read(blocks[next++], block, available);
      taken = 0;
      return false;
    }
  }
}
