package dev.faultline.nemeses.proxy;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a SOCKS5 server says and hears before bytes flow: <a
 * href="https://www.rfc-editor.org/rfc/rfc1928">RFC 1928</a>, sections 3 to 6. Only CONNECT, and no
 * authentication.
 */
final class SocksHandshake {

  private static final int VERSION = 5;
  private static final int NO_AUTHENTICATION = 0;
  private static final int NO_ACCEPTABLE_METHOD = 0xFF;
  private static final int CONNECT = 1;
  private static final int IPV4 = 1;
  private static final int DOMAIN_NAME = 3;
  private static final int IPV6 = 4;

  /** What became of a request. */
  enum Reply {
    SUCCEEDED(0),
    GENERAL_FAILURE(1),
    NOT_ALLOWED(2),
    NETWORK_UNREACHABLE(3),
    HOST_UNREACHABLE(4),
    REFUSED(5),
    COMMAND_NOT_SUPPORTED(7),
    ADDRESS_TYPE_NOT_SUPPORTED(8);

    private final int code;

    Reply(int code) {
      this.code = code;
    }

    /** Returns the code on the wire. */
    int code() {
      return code;
    }

    /** Says why a connection could not be made. */
    static Reply to(IOException failure) {
      return switch (failure) {
        case NoRouteToHostException _, UnknownHostException _, SocketTimeoutException _ ->
            HOST_UNREACHABLE;
        case ConnectException e when said(e).contains("timed out") -> HOST_UNREACHABLE;
        case ConnectException _ -> REFUSED;
        // Java has no exception of its own for this one.
        case IOException e when said(e).contains("network is unreachable") -> NETWORK_UNREACHABLE;
        default -> GENERAL_FAILURE;
      };
    }

    private static String said(IOException e) {
      return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    }
  }

  /** A client that speaks something else, or asks for what is not offered and has been told so. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  private final DataInputStream in;
  private final OutputStream out;

  /** Creates the server's side. Reads not one byte more than the handshake has. */
  SocksHandshake(InputStream in, OutputStream out) {
    this.in = new DataInputStream(in);
    this.out = out;
  }

  /**
   * Agrees on a method and reads the request.
   *
   * @throws RefusedException if the client cannot be served; an answer was sent if the protocol has
   *     one
   * @throws EOFException if the client closed too early
   */
  Destination request() throws IOException {
    requireVersion();
    byte[] methods = in.readNBytes(in.readUnsignedByte());
    boolean acceptable = false;
    for (byte method : methods) {
      acceptable |= method == NO_AUTHENTICATION;
    }
    out.write(new byte[] {VERSION, (byte) (acceptable ? NO_AUTHENTICATION : NO_ACCEPTABLE_METHOD)});
    if (!acceptable) {
      throw new RefusedException("the client insists on authentication");
    }
    requireVersion();
    int command = in.readUnsignedByte();
    in.readUnsignedByte(); // reserved
    Destination destination = destination(in.readUnsignedByte());
    if (command != CONNECT) {
      refuse(Reply.COMMAND_NOT_SUPPORTED);
    }
    return destination;
  }

  private void requireVersion() throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new RefusedException("not SOCKS5: version " + version);
    }
  }

  private Destination destination(int type) throws IOException {
    String host =
        switch (type) {
          case IPV4 -> address(4);
          case IPV6 -> address(16);
          case DOMAIN_NAME -> {
            byte[] name = new byte[in.readUnsignedByte()];
            in.readFully(name);
            yield new String(name, StandardCharsets.UTF_8);
          }
          default -> {
            refuse(Reply.ADDRESS_TYPE_NOT_SUPPORTED);
            throw new AssertionError();
          }
        };
    return new Destination(host, in.readUnsignedShort());
  }

  private String address(int length) throws IOException {
    byte[] address = new byte[length];
    in.readFully(address);
    return InetAddress.getByAddress(address).getHostAddress();
  }

  private void refuse(Reply reply) throws IOException {
    reply(reply, null);
    throw new RefusedException(reply.toString());
  }

  /**
   * Answers the request.
   *
   * @param bound where the connection that was made begins, or null if none was
   */
  void reply(Reply reply, @Nullable InetSocketAddress bound) throws IOException {
    byte[] address = bound == null ? new byte[4] : bound.getAddress().getAddress();
    ByteBuffer answer = ByteBuffer.allocate(6 + address.length);
    answer.put((byte) VERSION).put((byte) reply.code()).put((byte) 0);
    answer.put((byte) (address.length == 4 ? IPV4 : IPV6)).put(address);
    answer.putShort((short) (bound == null ? 0 : bound.getPort()));
    out.write(answer.array());
  }
}
