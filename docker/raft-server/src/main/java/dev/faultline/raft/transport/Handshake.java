package dev.faultline.raft.transport;

import dev.faultline.raft.core.NodeId;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a connection, in both directions. Their layout is the same in every version.
 *
 * <p>A name is a byte of length and as many bytes of UTF-8; an empty one is no node.
 */
final class Handshake {

  /** 2: a ping may carry padding. */
  static final byte VERSION = 2;

  private static final int MAGIC = 0x464c_5050; // "FLPP"

  private Handshake() {}

  /** What the connection is for. */
  enum Purpose {
    /** Messages of consensus. */
    PEER(1),
    /** Pings only; from someone who need not be a member. */
    PROBE(2);

    private final byte code;

    Purpose(int code) {
      this.code = (byte) code;
    }

    private static Purpose of(byte code) throws ProtocolException {
      for (Purpose purpose : values()) {
        if (purpose.code == code) {
          return purpose;
        }
      }
      throw new ProtocolException("unknown purpose " + code);
    }
  }

  /**
   * What the dialler says first.
   *
   * @param version the version of everything that follows
   * @param from the dialler; null for a probe
   * @param to the node that the dialler believes to reach; null if it does not care
   */
  record Hello(
      byte version, Purpose purpose, long clusterId, @Nullable NodeId from, @Nullable NodeId to) {

    void write(OutputStream stream) throws IOException {
      var out = new DataOutputStream(new BufferedOutputStream(stream));
      out.writeInt(MAGIC);
      out.writeByte(version);
      out.writeByte(purpose.code);
      out.writeLong(clusterId);
      writeText(out, from == null ? "" : from.name());
      writeText(out, to == null ? "" : to.name());
      out.flush();
    }

    static Hello read(InputStream stream) throws IOException {
      var in = new DataInputStream(stream);
      byte version = readVersion(in);
      Purpose purpose = Purpose.of(in.readByte());
      return new Hello(version, purpose, in.readLong(), readNode(in), readNode(in));
    }
  }

  /** Answers a {@link Hello}; an empty text is a welcome, another one says what is wrong. */
  static void writeAnswer(OutputStream stream, String refusal) throws IOException {
    var out = new DataOutputStream(new BufferedOutputStream(stream));
    out.writeInt(MAGIC);
    out.writeByte(VERSION);
    writeText(out, refusal);
    out.flush();
  }

  /**
   * Waits for a welcome.
   *
   * @throws ProtocolException with the acceptor's reason if it refuses
   */
  static void readWelcome(InputStream stream) throws IOException {
    var in = new DataInputStream(stream);
    byte version;
    String refusal;
    try {
      version = readVersion(in);
      refusal = readText(in);
    } catch (EOFException e) {
      throw new IOException("the connection was closed during the handshake", e);
    }
    if (!refusal.isEmpty()) {
      throw new ProtocolException("refused: " + refusal);
    }
    if (version != VERSION) {
      throw new ProtocolException("the acceptor speaks version " + version + ", not " + VERSION);
    }
  }

  private static byte readVersion(DataInputStream in) throws IOException {
    if (in.readInt() != MAGIC) {
      throw new ProtocolException("not a Raft peer");
    }
    return in.readByte();
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(bytes.length, 255);
    out.writeByte(length);
    out.write(bytes, 0, length);
  }

  private static String readText(DataInputStream in) throws IOException {
    var bytes = new byte[in.readUnsignedByte()];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static @Nullable NodeId readNode(DataInputStream in) throws IOException {
    String name = readText(in);
    return name.isEmpty() ? null : new NodeId(name);
  }
}
