package dev.faultline.raft.log;

import dev.faultline.raft.log.SegmentFormat.GroupHeader;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a segment from its start and tells a torn end from damage. */
final class SegmentReader {

  /** Takes the records in the order in which they were written. */
  interface Visitor {
    void visit(LogRecord record, long offset) throws IOException;
  }

  private final FileChannel channel;
  private final Path file;
  private final boolean last;
  private final long sizeBytes;
  private final long salt;

  /**
   * Checks the segment's header.
   *
   * @param last whether no segment follows; only then may the end be torn
   */
  SegmentReader(FileChannel channel, Path file, long number, boolean last) throws IOException {
    this.channel = channel;
    this.file = file;
    this.last = last;
    this.sizeBytes = channel.size();
    this.salt = SegmentFormat.readSalt(read(0, SegmentFormat.SEGMENT_HEADER_BYTES), file, number);
  }

  long salt() {
    return salt;
  }

  /**
   * Hands every record to {@code visitor} and returns where the last good group ends.
   *
   * @throws CorruptLogException if what comes after that is not a torn write
   */
  long replay(Visitor visitor) throws IOException {
    long offset = SegmentFormat.SEGMENT_HEADER_BYTES;
    while (offset < sizeBytes) {
      ByteBuffer body = readGroup(offset);
      if (body == null) {
        refuseDamage(offset);
        return offset;
      }
      long next = offset + SegmentFormat.GROUP_HEADER_BYTES + body.remaining();
      replayGroup(body, offset, visitor);
      offset = next;
    }
    return offset;
  }

  private void replayGroup(ByteBuffer body, long offset, Visitor visitor) throws IOException {
    while (body.hasRemaining()) {
      LogRecord record;
      try {
        record = LogRecord.read(body);
      } catch (IllegalArgumentException | BufferUnderflowException e) {
        // The checksum is right, so these are the bytes that were written.
        throw new CorruptLogException(file, offset, "a record makes no sense: " + e.getMessage());
      }
      visitor.visit(record, offset);
    }
  }

  private @Nullable ByteBuffer readGroup(long offset) throws IOException {
    GroupHeader header =
        SegmentFormat.readGroupHeader(read(offset, SegmentFormat.GROUP_HEADER_BYTES), salt, offset);
    if (header == null
        || header.lengthBytes() > sizeBytes - offset - SegmentFormat.GROUP_HEADER_BYTES) {
      return null;
    }
    ByteBuffer body = read(offset + SegmentFormat.GROUP_HEADER_BYTES, header.lengthBytes());
    return SegmentFormat.crc(body.duplicate()) == header.bodyCrc() ? body : null;
  }

  /** A bad group was durable once if anything was written behind it. */
  private void refuseDamage(long offset) throws IOException {
    if (!last) {
      throw new CorruptLogException(
          file, offset, "a group of records is damaged, and later segments follow");
    }
    ByteBuffer rest = read(offset, Math.toIntExact(sizeBytes - offset));
    for (int i = 1; i <= rest.limit() - SegmentFormat.GROUP_HEADER_BYTES; i++) {
      if (SegmentFormat.readGroupHeader(rest.position(i), salt, offset + i) != null) {
        throw new CorruptLogException(
            file,
            offset,
            "a group of records is damaged, and another one follows at offset " + (offset + i));
      }
    }
  }

  /** Reads up to {@code length} bytes; fewer at the end of the file. */
  private ByteBuffer read(long offset, int length) throws IOException {
    var buffer = ByteBuffer.allocate((int) Math.min(length, Math.max(0, sizeBytes - offset)));
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        throw new StorageException(file + " became shorter while it was read");
      }
    }
    return buffer.flip();
  }
}
