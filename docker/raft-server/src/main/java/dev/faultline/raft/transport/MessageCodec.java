package dev.faultline.raft.transport;

import dev.faultline.raft.core.Entry;
import dev.faultline.raft.core.Message;
import dev.faultline.raft.core.Message.AppendRequest;
import dev.faultline.raft.core.Message.AppendResponse;
import dev.faultline.raft.core.Message.ForwardProposal;
import dev.faultline.raft.core.Message.ReadIndexRequest;
import dev.faultline.raft.core.Message.ReadIndexResponse;
import dev.faultline.raft.core.Message.VoteRequest;
import dev.faultline.raft.core.Message.VoteResponse;
import dev.faultline.raft.log.EntryCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the messages of consensus as bytes: a type byte, the term, the fields in their order.
 *
 * <p>Malformed bytes end in an {@link IllegalArgumentException} or a {@link
 * java.nio.BufferUnderflowException}.
 */
final class MessageCodec {

  private static final byte VOTE_REQUEST = 16;
  private static final byte VOTE_RESPONSE = 17;
  private static final byte APPEND_REQUEST = 18;
  private static final byte APPEND_RESPONSE = 19;
  private static final byte FORWARD_PROPOSAL = 20;
  private static final byte READ_INDEX_REQUEST = 21;
  private static final byte READ_INDEX_RESPONSE = 22;

  private static final int HEAD_BYTES = Byte.BYTES + Long.BYTES;
  private static final int MIN_ENTRY_BYTES = 17;

  private MessageCodec() {}

  /** Returns how many bytes {@link #write} takes. */
  static int sizeBytes(Message message) {
    return HEAD_BYTES
        + switch (message) {
          case VoteRequest _ -> 2 * Long.BYTES + 1;
          case VoteResponse _ -> 2;
          case AppendRequest request ->
              4 * Long.BYTES
                  + Integer.BYTES
                  + request.entries().stream().mapToInt(EntryCodec::sizeBytes).sum();
          case AppendResponse _ -> 4 * Long.BYTES + 1;
          case ForwardProposal forward -> EntryCodec.sizeBytes(forward.command());
          case ReadIndexRequest _ -> Long.BYTES;
          case ReadIndexResponse _ -> 2 * Long.BYTES;
        };
  }

  static void write(ByteBuffer out, Message message) {
    switch (message) {
      case VoteRequest request -> {
        head(out, VOTE_REQUEST, request);
        out.putLong(request.lastLogIndex()).putLong(request.lastLogTerm());
        putBoolean(out, request.preVote());
      }
      case VoteResponse response -> {
        head(out, VOTE_RESPONSE, response);
        putBoolean(out, response.granted());
        putBoolean(out, response.preVote());
      }
      case AppendRequest request -> writeAppend(out, request);
      case AppendResponse response -> {
        head(out, APPEND_RESPONSE, response);
        putBoolean(out, response.accepted());
        out.putLong(response.matchIndex()).putLong(response.conflictTerm());
        out.putLong(response.conflictIndex()).putLong(response.round());
      }
      case ForwardProposal forward -> {
        head(out, FORWARD_PROPOSAL, forward);
        EntryCodec.writeCommand(out, forward.command());
      }
      case ReadIndexRequest request -> {
        head(out, READ_INDEX_REQUEST, request);
        out.putLong(request.token());
      }
      case ReadIndexResponse response -> {
        head(out, READ_INDEX_RESPONSE, response);
        out.putLong(response.token()).putLong(response.index());
      }
    }
  }

  private static void writeAppend(ByteBuffer out, AppendRequest request) {
    head(out, APPEND_REQUEST, request);
    out.putLong(request.prevLogIndex()).putLong(request.prevLogTerm());
    out.putLong(request.commitIndex()).putLong(request.round());
    out.putInt(request.entries().size());
    for (Entry entry : request.entries()) {
      EntryCodec.write(out, entry);
    }
  }

  /** Reads a message whose type byte was {@code type}. */
  static Message read(byte type, ByteBuffer in) {
    long term = in.getLong();
    return switch (type) {
      case VOTE_REQUEST -> new VoteRequest(term, in.getLong(), in.getLong(), getBoolean(in));
      case VOTE_RESPONSE -> new VoteResponse(term, getBoolean(in), getBoolean(in));
      case APPEND_REQUEST -> readAppend(term, in);
      case APPEND_RESPONSE ->
          new AppendResponse(
              term, getBoolean(in), in.getLong(), in.getLong(), in.getLong(), in.getLong());
      case FORWARD_PROPOSAL -> new ForwardProposal(term, EntryCodec.readCommand(in));
      case READ_INDEX_REQUEST -> new ReadIndexRequest(term, in.getLong());
      case READ_INDEX_RESPONSE -> new ReadIndexResponse(term, in.getLong(), in.getLong());
      default -> throw new IllegalArgumentException("unknown type of message " + type);
    };
  }

  private static AppendRequest readAppend(long term, ByteBuffer in) {
    long prevLogIndex = in.getLong();
    long prevLogTerm = in.getLong();
    long commitIndex = in.getLong();
    long round = in.getLong();
    int count = in.getInt();
    if (count < 0 || count > in.remaining() / MIN_ENTRY_BYTES) {
      throw new IllegalArgumentException(
          count + " entries do not fit the " + in.remaining() + " bytes that are left");
    }
    List<Entry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      entries.add(EntryCodec.read(in));
    }
    return new AppendRequest(term, prevLogIndex, prevLogTerm, entries, commitIndex, round);
  }

  private static void head(ByteBuffer out, byte type, Message message) {
    out.put(type).putLong(message.term());
  }

  private static void putBoolean(ByteBuffer out, boolean value) {
    out.put((byte) (value ? 1 : 0));
  }

  private static boolean getBoolean(ByteBuffer in) {
    byte value = in.get();
    if (value != 0 && value != 1) {
      throw new IllegalArgumentException("neither true nor false: " + value);
    }
    return value == 1;
  }
}
