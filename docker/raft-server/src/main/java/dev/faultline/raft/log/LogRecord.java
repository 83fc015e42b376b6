package dev.faultline.raft.log;

import dev.faultline.raft.core.Entry;
import dev.faultline.raft.core.HardState;
import dev.faultline.raft.core.NodeId;
import java.nio.ByteBuffer;

/**
 * One record of the log, of format version {@link SegmentFormat#VERSION}.
 *
 * <p>Type 0 stays free: zeroed disk blocks must never read as records.
 */
sealed interface LogRecord {

  byte BOOT = 1;
  byte HARD_STATE = 2;
  byte ENTRY = 3;

  /** Node {@code node} runs as its {@code incarnation}th incarnation from here on. */
  record Boot(NodeId node, long incarnation) implements LogRecord {}

  /** Term and vote are these from here on. */
  record State(HardState hardState) implements LogRecord {}

  /** The log ends with this entry; what it had from the same index on is replaced. */
  record Append(Entry entry) implements LogRecord {}

  default int sizeBytes() {
    return Byte.BYTES
        + switch (this) {
          case Boot boot -> EntryCodec.sizeBytes(boot.node()) + Long.BYTES;
          case State state -> Long.BYTES + EntryCodec.sizeBytes(state.hardState().votedFor());
          case Append append -> EntryCodec.sizeBytes(append.entry());
        };
  }

  default void write(ByteBuffer out) {
    switch (this) {
      case Boot boot -> {
        out.put(BOOT);
        EntryCodec.writeNode(out, boot.node());
        out.putLong(boot.incarnation());
      }
      case State state -> {
        out.put(HARD_STATE).putLong(state.hardState().term());
        EntryCodec.writeNode(out, state.hardState().votedFor());
      }
      case Append append -> {
        out.put(ENTRY);
        EntryCodec.write(out, append.entry());
      }
    }
  }

  /**
   * Reads one record.
   *
   * @throws IllegalArgumentException if the bytes are none
   * @throws java.nio.BufferUnderflowException if they end early
   */
  static LogRecord read(ByteBuffer in) {
    byte type = in.get();
    return switch (type) {
      case BOOT -> new Boot(EntryCodec.readNode(in), in.getLong());
      case HARD_STATE -> new State(new HardState(in.getLong(), EntryCodec.readNodeOrNull(in)));
      case ENTRY -> new Append(EntryCodec.read(in));
      default ->
          throw new IllegalArgumentException(
              "unknown record type " + type + "; was it written by a newer version?");
    };
  }
}
