package dev.faultline.raft.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Cuts a byte stream into {@link Frame}s: length, CRC32C, type, fields. Stateless. */
final class FrameCodec {

  /** Well above the largest append request, well below what a node could not hold in memory. */
  static final int MAX_BODY_BYTES = 8 << 20;

  static final int HEADER_BYTES = 2 * Integer.BYTES;

  private static final byte PING = 1;
  private static final byte PONG = 2;

  private FrameCodec() {}

  /** Returns how many bytes {@link #write} takes. */
  static int sizeBytes(Frame frame) {
    return HEADER_BYTES
        + switch (frame) {
          case Frame.Ping(long _, int paddingBytes) -> Byte.BYTES + Long.BYTES + paddingBytes;
          case Frame.Pong _ -> Byte.BYTES + Long.BYTES;
          case Frame.Carry(var message) -> MessageCodec.sizeBytes(message);
        };
  }

  static void write(ByteBuffer out, Frame frame) {
    int start = out.position();
    out.position(start + HEADER_BYTES);
    switch (frame) {
      case Frame.Ping(long token, int paddingBytes) ->
          out.put(PING).putLong(token).put(new byte[paddingBytes]);
      case Frame.Pong(long token) -> out.put(PONG).putLong(token);
      case Frame.Carry(var message) -> MessageCodec.write(out, message);
    }
    int bodyBytes = out.position() - start - HEADER_BYTES;
    out.putInt(start, bodyBytes);
    out.putInt(start + Integer.BYTES, crc(out.slice(start + HEADER_BYTES, bodyBytes)));
  }

  /**
   * Reads one frame, waiting for it; null at the end of the stream.
   *
   * @throws ProtocolException if the bytes are no frame
   */
  static @Nullable Frame read(InputStream in) throws IOException {
    byte[] header = in.readNBytes(HEADER_BYTES);
    if (header.length == 0) {
      return null;
    }
    if (header.length < HEADER_BYTES) {
      throw new EOFException("the connection ended within a frame");
    }
    ByteBuffer fields = ByteBuffer.wrap(header);
    int length = fields.getInt();
    int crc = fields.getInt();
    if (length < 1 || length > MAX_BODY_BYTES) {
      throw new ProtocolException("a frame of " + length + " bytes");
    }
    // Grows as the bytes arrive, so that a length alone makes nobody allocate.
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the connection ended within a frame");
    }
    ByteBuffer bytes = ByteBuffer.wrap(body);
    if (crc(bytes.duplicate()) != crc) {
      throw new ProtocolException("a frame fails its checksum");
    }
    return decode(bytes);
  }

  private static Frame decode(ByteBuffer body) throws ProtocolException {
    try {
      byte type = body.get();
      Frame frame =
          switch (type) {
            case PING -> ping(body);
            case PONG -> new Frame.Pong(body.getLong());
            default -> new Frame.Carry(MessageCodec.read(type, body));
          };
      if (body.hasRemaining()) {
        throw new ProtocolException(body.remaining() + " bytes too many in a frame");
      }
      return frame;
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      throw new ProtocolException("a frame makes no sense: " + e);
    }
  }

  private static Frame ping(ByteBuffer body) {
    long token = body.getLong();
    int paddingBytes = body.remaining();
    while (body.hasRemaining()) {
      if (body.get() != 0) {
        throw new IllegalArgumentException("padding that is not zero");
      }
    }
    return new Frame.Ping(token, paddingBytes);
  }

  private static int crc(ByteBuffer bytes) {
    var crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
