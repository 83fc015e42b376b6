package dev.faultline.raft.etcd;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.TxnRequest;
import java.nio.ByteBuffer;

/**
 * What the log carries: a request that may write, in etcd's own encoding inside an envelope.
 *
 * <p>The envelope is two bytes: the version of the format (1), and the kind of the request (1 put,
 * 2 delete range, 3 transaction). The rest is the request in Protocol Buffers, whose encoding is
 * made to last. A log outlives the server that wrote it, so a kind is never given another meaning.
 */
sealed interface Command {

  byte FORMAT_VERSION = 1;

  /** Writes a key. */
  record Put(PutRequest request) implements Command {}

  /** Deletes keys. */
  record DeleteRange(DeleteRangeRequest request) implements Command {}

  /** Compares, then reads and writes. */
  record Txn(TxnRequest request) implements Command {}

  /** Returns the command as the log keeps it. */
  default byte[] encode() {
    return switch (this) {
      case Put(PutRequest request) -> Kind.PUT.encode(request);
      case DeleteRange(DeleteRangeRequest request) -> Kind.DELETE_RANGE.encode(request);
      case Txn(TxnRequest request) -> Kind.TXN.encode(request);
    };
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static Command decode(byte[] encoded) {
    if (encoded.length < Kind.ENVELOPE_BYTES || encoded[0] != FORMAT_VERSION) {
      throw new IllegalArgumentException(
          "not a command of format " + FORMAT_VERSION + ": " + describe(encoded));
    }
    ByteBuffer body =
        ByteBuffer.wrap(encoded, Kind.ENVELOPE_BYTES, encoded.length - Kind.ENVELOPE_BYTES);
    try {
      return switch (Kind.numbered(encoded[1])) {
        case PUT -> new Put(PutRequest.parseFrom(body));
        case DELETE_RANGE -> new DeleteRange(DeleteRangeRequest.parseFrom(body));
        case TXN -> new Txn(TxnRequest.parseFrom(body));
      };
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("unreadable command: " + describe(encoded), e);
    }
  }

  private static String describe(byte[] encoded) {
    return encoded.length == 0
        ? "no bytes"
        : encoded.length + " bytes that begin with " + encoded[0];
  }

  /** The kinds of commands by their number in the envelope. */
  enum Kind {
    PUT(1),
    DELETE_RANGE(2),
    TXN(3);

    private static final int ENVELOPE_BYTES = 2;

    private final byte number;

    Kind(int number) {
      this.number = (byte) number;
    }

    private byte[] encode(MessageLite request) {
      ByteBuffer encoded = ByteBuffer.allocate(ENVELOPE_BYTES + request.getSerializedSize());
      encoded.put(FORMAT_VERSION).put(number).put(request.toByteArray());
      return encoded.array();
    }

    private static Kind numbered(byte number) {
      for (Kind kind : values()) {
        if (kind.number == number) {
          return kind;
        }
      }
      throw new IllegalArgumentException("unknown kind of command: " + number);
    }
  }
}
