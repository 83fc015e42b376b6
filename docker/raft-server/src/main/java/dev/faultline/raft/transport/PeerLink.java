package dev.faultline.raft.transport;

import dev.faultline.raft.core.Message;
import dev.faultline.raft.core.NodeId;
import dev.faultline.raft.metrics.Counter;
import dev.faultline.raft.metrics.Histogram;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The link to one peer: keeps a connection to it, and sends over it what the queue holds. */
final class PeerLink implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PeerLink.class);

  private static final long QUEUE_BYTES = 4 << 20;
  private static final int BATCH_BYTES = 64 << 10;

  /** Small, so that little that is old waits in the kernel when a link stalls. */
  private static final int SOCKET_BUFFER_BYTES = 256 << 10;

  /** Wrong wiring and bugs do not mend themselves, and every attempt is a line in a log. */
  private static final Duration REFUSED_PAUSE = Duration.ofSeconds(2);

  private final TransportConfig config;
  private final NodeId peer;
  private final Histogram roundTrips;
  private final PeerQueue queue;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable Socket socket;
  private @Nullable String outage;

  PeerLink(TransportConfig config, NodeId peer, Histogram roundTrips, Counter dropped) {
    this.config = config;
    this.peer = peer;
    this.roundTrips = roundTrips;
    this.queue =
        new PeerQueue(QUEUE_BYTES, config.timing().messageAge().toNanos(), dropped::increment);
  }

  void start() {
    Thread.ofVirtual().name("raft-peer-" + peer).start(this::run);
  }

  void send(Message message) {
    queue.put(message, System.nanoTime());
  }

  private void run() {
    try {
      Duration pause;
      do {
        pause = converse();
      } while (!closed.await(pause.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      log.debug("the link to {} was interrupted", peer, e);
    }
  }

  /** Dials once and sends until the connection ends; returns how long to wait then. */
  private Duration converse() throws InterruptedException {
    try (var connection = new Socket()) {
      socket = connection;
      if (closed.getCount() == 0) {
        return Duration.ZERO;
      }
      dial(connection);
      InputStream in = new BufferedInputStream(connection.getInputStream());
      Handshake.readWelcome(in);
      noteConnection(connection);
      Thread.ofVirtual().name("raft-pongs-" + peer).start(() -> readPongs(connection, in));
      write(connection);
    } catch (ProtocolException e) {
      noteOutage(String.valueOf(e.getMessage()));
      return REFUSED_PAUSE;
    } catch (SocketTimeoutException e) {
      noteOutage("no answer");
    } catch (IOException e) {
      noteOutage(String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      // A message that cannot be sent, or no memory for it: lost, as any message may be. Without
      // this thread all others to the peer would be too.
      log.error("the link to {} failed and is made anew", peer, e);
      return REFUSED_PAUSE;
    }
    return config.timing().retry();
  }

  private void dial(Socket connection) throws IOException {
    InetSocketAddress address = config.peers().get(peer);
    if (address == null) {
      throw new IllegalStateException("no address of " + peer);
    }
    connection.setTcpNoDelay(true);
    connection.setSendBufferSize(SOCKET_BUFFER_BYTES);
    connection.connect(
        new InetSocketAddress(address.getHostString(), address.getPort()),
        Math.toIntExact(config.timing().connect().toMillis()));
    connection.setSoTimeout(Math.toIntExact(config.timing().silence().toMillis()));
    new Handshake.Hello(
            Handshake.VERSION, Handshake.Purpose.PEER, config.clusterId(), config.self(), peer)
        .write(connection.getOutputStream());
  }

  private void write(Socket connection) throws IOException, InterruptedException {
    OutputStream out = connection.getOutputStream();
    long pingNanos = config.timing().ping().toNanos();
    var messages = new ArrayList<Message>();
    var reusable = ByteBuffer.allocate(2 * BATCH_BYTES);
    long nextPingNanos = System.nanoTime();
    while (!connection.isClosed()) {
      queue.take(messages, BATCH_BYTES, nextPingNanos - System.nanoTime());
      long nowNanos = System.nanoTime();
      boolean ping = nowNanos - nextPingNanos >= 0;
      if (ping) {
        nextPingNanos = nowNanos + pingNanos;
      }
      ByteBuffer buffer = encode(messages, ping, reusable);
      messages.clear();
      out.write(buffer.array(), buffer.arrayOffset(), buffer.position());
    }
  }

  private static ByteBuffer encode(List<Message> messages, boolean ping, ByteBuffer reusable) {
    var frames = new ArrayList<Frame>(messages.size() + 1);
    if (ping) {
      frames.add(new Frame.Ping(System.nanoTime(), 0));
    }
    messages.forEach(message -> frames.add(new Frame.Carry(message)));
    int sizeBytes = frames.stream().mapToInt(FrameCodec::sizeBytes).sum();
    // A buffer for a rare large message is not kept by the caller.
    ByteBuffer buffer =
        sizeBytes <= reusable.capacity() ? reusable.clear() : ByteBuffer.allocate(sizeBytes);
    frames.forEach(frame -> FrameCodec.write(buffer, frame));
    return buffer;
  }

  /** Reads pongs; whatever ends that ends the connection too. */
  private void readPongs(Socket connection, InputStream in) {
    try (connection) {
      Frame frame;
      while ((frame = FrameCodec.read(in)) != null) {
        if (!(frame instanceof Frame.Pong(long sentNanos))) {
          throw new ProtocolException("a peer that was dialled sends " + frame);
        }
        roundTrips.record(System.nanoTime() - sentNanos);
      }
      noteOutage("the peer closed the connection");
    } catch (SocketTimeoutException e) {
      noteOutage("no answer for " + config.timing().silence());
    } catch (IOException e) {
      noteOutage(String.valueOf(e.getMessage()));
    } finally {
      queue.wake();
    }
  }

  private synchronized void noteConnection(Socket connection) {
    log.info("connected to {} at {}", peer, connection.getRemoteSocketAddress());
    outage = null;
  }

  /** Logs the beginning of an outage and every new reason for it, not each of many attempts. */
  private synchronized void noteOutage(String reason) {
    if (!reason.equals(outage) && closed.getCount() > 0) {
      log.info("no connection to {} at {}: {}", peer, config.peers().get(peer), reason);
      outage = reason;
    }
  }

  @Override
  public void close() {
    closed.countDown();
    queue.wake();
    Socket current = socket;
    if (current != null) {
      try {
        current.close();
      } catch (IOException e) {
        log.debug("closing the connection to {}", peer, e);
      }
    }
  }
}
