package dev.faultline.raft.log;

import dev.faultline.raft.log.SegmentFormat.GroupHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.function.LongConsumer;

/** Appends groups to a segment, each durable before the next is begun. */
final class SegmentWriter implements AutoCloseable {

  private static final int INITIAL_BUFFER_BYTES = 64 << 10;

  private final FileChannel channel;
  private final long salt;
  private final LongConsumer fsyncNanos;
  private long endOffset;
  private ByteBuffer buffer = ByteBuffer.allocateDirect(INITIAL_BUFFER_BYTES);

  /**
   * Goes on at {@code endOffset} of a segment.
   *
   * @param fsyncNanos is told how long each sync took
   */
  SegmentWriter(FileChannel channel, long salt, long endOffset, LongConsumer fsyncNanos) {
    this.channel = channel;
    this.salt = salt;
    this.endOffset = endOffset;
    this.fsyncNanos = fsyncNanos;
  }

  long sizeBytes() {
    return endOffset;
  }

  /** Appends {@code records} as one group; it is durable when this returns. */
  void append(List<LogRecord> records) throws IOException {
    int bodyBytes = Math.toIntExact(records.stream().mapToLong(LogRecord::sizeBytes).sum());
    if (bodyBytes > SegmentFormat.MAX_BODY_BYTES) {
      throw new StorageException("a record of " + bodyBytes + " bytes is too large for the log");
    }
    ByteBuffer group = buffer(SegmentFormat.GROUP_HEADER_BYTES + bodyBytes);
    group.position(SegmentFormat.GROUP_HEADER_BYTES);
    for (LogRecord record : records) {
      record.write(group);
    }
    group.flip().position(SegmentFormat.GROUP_HEADER_BYTES);
    int bodyCrc = SegmentFormat.crc(group.duplicate());
    group.rewind();
    new GroupHeader(salt, endOffset, bodyBytes, bodyCrc).write(group);
    group.rewind();
    write(group);
    sync();
  }

  private void write(ByteBuffer group) throws IOException {
    while (group.hasRemaining()) {
      endOffset += channel.write(group, endOffset);
    }
  }

  private void sync() throws IOException {
    long startNanos = System.nanoTime();
    // Without other metadata, but with the size, which the data cannot be read back without.
    channel.force(false);
    fsyncNanos.accept(System.nanoTime() - startNanos);
  }

  private ByteBuffer buffer(int capacityBytes) {
    if (buffer.capacity() < capacityBytes) {
      buffer = ByteBuffer.allocateDirect(Math.max(capacityBytes, 2 * buffer.capacity()));
    }
    return buffer.clear();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
