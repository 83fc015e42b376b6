package dev.faultline.raft.log;

import dev.faultline.raft.core.Entry;
import dev.faultline.raft.core.NodeId;
import dev.faultline.raft.core.Payload;
import dev.faultline.raft.core.ProposalId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes log entries as bytes, the same on the disk and between nodes. Stateless.
 *
 * <p>Whoever embeds these bytes carries the version: the segment header on disk, the handshake on
 * the wire. Readers trust nothing: malformed bytes end in an {@link IllegalArgumentException} or a
 * {@link BufferUnderflowException}, and no length is believed before that many bytes are there.
 */
public final class EntryCodec {

  private static final byte NO_OP = 0;
  private static final byte COMMAND = 1;

  private static final int MAX_NAME_BYTES = 255;
  private static final int ENTRY_HEAD_BYTES = Long.BYTES + Long.BYTES + Byte.BYTES;
  private static final int COMMAND_FIXED_BYTES = 3 * Long.BYTES + Integer.BYTES;

  private EntryCodec() {}

  /** Returns how many bytes {@link #write} takes for {@code entry}. */
  public static int sizeBytes(Entry entry) {
    return ENTRY_HEAD_BYTES
        + switch (entry.payload()) {
          case Payload.NoOp _ -> 0;
          case Payload.Command command -> sizeBytes(command);
        };
  }

  /** Writes {@code entry} at the buffer's position. */
  public static void write(ByteBuffer out, Entry entry) {
    out.putLong(entry.index()).putLong(entry.term());
    switch (entry.payload()) {
      case Payload.NoOp _ -> out.put(NO_OP);
      case Payload.Command command -> {
        out.put(COMMAND);
        writeCommand(out, command);
      }
    }
  }

  /** Reads what {@link #write} wrote. */
  public static Entry read(ByteBuffer in) {
    long index = in.getLong();
    long term = in.getLong();
    byte kind = in.get();
    return switch (kind) {
      case NO_OP -> new Entry(index, term, new Payload.NoOp());
      case COMMAND -> new Entry(index, term, readCommand(in));
      default -> throw new IllegalArgumentException("unknown kind of entry " + kind);
    };
  }

  /** Returns how many bytes {@link #writeCommand} takes for {@code command}. */
  public static int sizeBytes(Payload.Command command) {
    return sizeBytes(command.id().origin()) + COMMAND_FIXED_BYTES + command.command().length;
  }

  /** Writes {@code command} with its identity. */
  public static void writeCommand(ByteBuffer out, Payload.Command command) {
    ProposalId id = command.id();
    writeNode(out, id.origin());
    out.putLong(id.incarnation()).putLong(id.sequence()).putLong(id.firstPending());
    out.putInt(command.command().length).put(command.command());
  }

  /** Reads what {@link #writeCommand} wrote. */
  public static Payload.Command readCommand(ByteBuffer in) {
    var id = new ProposalId(readNode(in), in.getLong(), in.getLong(), in.getLong());
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException(
          "a command of %d bytes does not fit the %d that are left"
              .formatted(length, in.remaining()));
    }
    var command = new byte[length];
    in.get(command);
    return new Payload.Command(id, command);
  }

  /** Returns how many bytes {@link #writeNode} takes; {@code null} is no node. */
  public static int sizeBytes(@Nullable NodeId node) {
    return 1 + (node == null ? 0 : node.name().getBytes(StandardCharsets.UTF_8).length);
  }

  /**
   * Writes a node's name.
   *
   * @throws IllegalArgumentException if the name is longer than 255 bytes
   */
  public static void writeNode(ByteBuffer out, @Nullable NodeId node) {
    byte[] name = node == null ? new byte[0] : node.name().getBytes(StandardCharsets.UTF_8);
    if (name.length > MAX_NAME_BYTES || (node != null && name.length == 0)) {
      throw new IllegalArgumentException("a node's name has 1 to 255 bytes: '" + node + "'");
    }
    out.put((byte) name.length).put(name);
  }

  /** Reads a node's name. */
  public static NodeId readNode(ByteBuffer in) {
    NodeId node = readNodeOrNull(in);
    if (node == null) {
      throw new IllegalArgumentException("a node's name is missing");
    }
    return node;
  }

  /** Reads a node's name, or null where none was written. */
  public static @Nullable NodeId readNodeOrNull(ByteBuffer in) {
    int length = Byte.toUnsignedInt(in.get());
    if (length == 0) {
      return null;
    }
    var name = new byte[length];
    in.get(name);
    return new NodeId(new String(name, StandardCharsets.UTF_8));
  }
}
