package dev.faultline.raft.transport;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Asks a node's peer port for a sign of life, over the path that the address leads along. Stateless
 * and thread-safe; every call is a fresh connection.
 *
 * <p>To learn whether node n1 reaches node n2, give the address that n1 dials for n2: the link's
 * proxy. The answer comes from n2's own acceptor, so a proxy that merely accepts connections, or a
 * paused node whose kernel does, does not pass for a working link.
 */
public final class PeerProbe {

  private PeerProbe() {}

  /**
   * Dials {@code address}, pings, waits for the answer, and returns the time from the first byte
   * sent to the answer, in nanoseconds. Blocks; fit for a virtual thread.
   *
   * @param paddingBytes how many bytes the ping carries beyond what it must, 0 for none; the node
   *     reads them all before it answers, and refuses more than 8,000,000
   * @param timeout how long all of it may take
   * @throws SocketTimeoutException if there was no answer in time
   * @throws IOException if there cannot be one: connection refused, closed, or not a Raft node
   */
  public static long ping(InetSocketAddress address, int paddingBytes, Duration timeout)
      throws IOException {
    long deadlineNanos = System.nanoTime() + timeout.toNanos();
    try (var connection = new Socket()) {
      connection.setTcpNoDelay(true);
      connection.connect(
          new InetSocketAddress(address.getHostString(), address.getPort()),
          remainingMillis(deadlineNanos));
      InputStream in = new BufferedInputStream(new DeadlineInput(connection, deadlineNanos));
      return roundTrip(in, connection.getOutputStream(), paddingBytes);
    }
  }

  /** Handshake and ping leave together: else a stall that the handshake sat out would not show. */
  private static long roundTrip(InputStream in, OutputStream out, int paddingBytes)
      throws IOException {
    long sentNanos = System.nanoTime();
    Frame ping = new Frame.Ping(sentNanos, paddingBytes);
    var buffer = ByteBuffer.allocate(FrameCodec.sizeBytes(ping));
    FrameCodec.write(buffer, ping);
    var together = new ByteArrayOutputStream();
    new Handshake.Hello(Handshake.VERSION, Handshake.Purpose.PROBE, 0, null, null).write(together);
    together.write(buffer.array());
    out.write(together.toByteArray());
    Handshake.readWelcome(in);
    Frame answer = FrameCodec.read(in);
    long receivedNanos = System.nanoTime();
    if (answer == null) {
      throw new ProtocolException("the connection was closed instead of an answer");
    }
    if (!answer.equals(new Frame.Pong(sentNanos))) {
      throw new ProtocolException("the ping was answered with " + answer);
    }
    return receivedNanos - sentNanos;
  }

  private static int remainingMillis(long deadlineNanos) throws SocketTimeoutException {
    long millis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
    if (millis <= 0) {
      throw new SocketTimeoutException("no answer in time");
    }
    return (int) Math.min(millis, Integer.MAX_VALUE);
  }

  /** A socket's input that ends with the probe's deadline, however slowly bytes trickle in. */
  private static final class DeadlineInput extends InputStream {

    private final Socket connection;
    private final InputStream in;
    private final long deadlineNanos;

    DeadlineInput(Socket connection, long deadlineNanos) throws IOException {
      this.connection = connection;
      this.in = connection.getInputStream();
      this.deadlineNanos = deadlineNanos;
    }

    @Override
    public int read() throws IOException {
      connection.setSoTimeout(remainingMillis(deadlineNanos));
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      connection.setSoTimeout(remainingMillis(deadlineNanos));
      return in.read(bytes, offset, length);
    }
  }
}
