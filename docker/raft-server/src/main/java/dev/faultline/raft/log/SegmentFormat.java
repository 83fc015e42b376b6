package dev.faultline.raft.log;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The bytes of a segment: its header and the headers of its groups. See the package's page. */
final class SegmentFormat {

  static final int VERSION = 1;
  static final int SEGMENT_HEADER_BYTES = 32;
  static final int GROUP_HEADER_BYTES = 16;

  /**
   * More than any group that is written, less than what a damaged length could make us allocate.
   */
  static final int MAX_BODY_BYTES = 64 << 20;

  private static final long SEGMENT_MAGIC = 0x464c_5241_4654_4c47L; // "FLRAFTLG"
  private static final int GROUP_MAGIC = 0x464c_4752; // "FLGR"

  private SegmentFormat() {}

  /**
   * Where a group lies.
   *
   * @param salt the segment's
   * @param offset where the group's header begins
   */
  record GroupHeader(long salt, long offset, int lengthBytes, int bodyCrc) {

    void write(ByteBuffer out) {
      out.putInt(GROUP_MAGIC).putInt(lengthBytes).putInt(bodyCrc).putInt(crc());
    }

    private int crc() {
      var scratch = ByteBuffer.allocate(2 * Long.BYTES + 2 * Integer.BYTES);
      scratch.putLong(salt).putLong(offset).putInt(lengthBytes).putInt(bodyCrc).flip();
      return SegmentFormat.crc(scratch);
    }
  }

  static ByteBuffer segmentHeader(long number, long salt) {
    var header = ByteBuffer.allocate(SEGMENT_HEADER_BYTES);
    header.putLong(SEGMENT_MAGIC).putInt(VERSION).putLong(number).putLong(salt);
    header.putInt(crc(header.duplicate().flip()));
    return header.flip();
  }

  /**
   * Checks a segment's header and returns its salt.
   *
   * @throws CorruptLogException if this is not the header of segment {@code number}
   */
  static long readSalt(ByteBuffer header, Path file, long number) throws CorruptLogException {
    if (header.remaining() < SEGMENT_HEADER_BYTES) {
      throw new CorruptLogException(file, 0, "the segment's header is incomplete");
    }
    if (header.getLong() != SEGMENT_MAGIC) {
      throw new CorruptLogException(file, 0, "this is not a segment of a Raft log");
    }
    int version = header.getInt();
    if (version != VERSION) {
      throw new CorruptLogException(
          file, 0, "format version %d, but this server reads %d".formatted(version, VERSION));
    }
    long storedNumber = header.getLong();
    long salt = header.getLong();
    if (header.getInt() != crc(header.duplicate().rewind().limit(header.position() - 4))) {
      throw new CorruptLogException(file, 0, "the segment's header fails its checksum");
    }
    if (storedNumber != number) {
      throw new CorruptLogException(file, 0, "this is segment " + storedNumber + " by its header");
    }
    return salt;
  }

  /** Reads a group header at the buffer's position, or returns null if there is none. */
  static @Nullable GroupHeader readGroupHeader(ByteBuffer in, long salt, long offset) {
    if (in.remaining() < GROUP_HEADER_BYTES || in.getInt() != GROUP_MAGIC) {
      return null;
    }
    var header = new GroupHeader(salt, offset, in.getInt(), in.getInt());
    boolean plausible = header.lengthBytes() >= 0 && header.lengthBytes() <= MAX_BODY_BYTES;
    return plausible && in.getInt() == header.crc() ? header : null;
  }

  static int crc(ByteBuffer bytes) {
    var crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
