package dev.faultline.raft.transport;

import dev.faultline.raft.core.NodeId;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the connections that peers and probes dial to this node. */
final class PeerAcceptor implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PeerAcceptor.class);

  private static final int HANDSHAKE_MILLIS = 5_000;
  private static final int BACKLOG = 64;
  private static final int SOCKET_BUFFER_BYTES = 256 << 10;
  private static final long ACCEPT_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** A dialler pings ten times a second; one that is silent for so long is gone. */
  private static final int IDLE_MILLIS = 15_000;

  private final TransportConfig config;
  private final MessageHandler handler;
  private final ServerSocket server;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  /**
   * Begins to listen.
   *
   * @throws BindException if the address is taken; the message names it
   */
  PeerAcceptor(TransportConfig config, MessageHandler handler) throws IOException {
    this.config = config;
    this.handler = handler;
    this.server = new ServerSocket();
    try {
      server.setReuseAddress(true); // A node that was killed starts again on its port at once.
      server.setReceiveBufferSize(SOCKET_BUFFER_BYTES);
      server.bind(config.listen(), BACKLOG);
    } catch (BindException e) {
      server.close();
      String address = config.listen().getHostString() + ":" + config.listen().getPort();
      var named =
          new BindException("cannot listen for peers on " + address + ": " + e.getMessage());
      named.initCause(e);
      throw named;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  InetSocketAddress localAddress() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  void start() {
    Thread.ofVirtual().name("raft-accept").start(this::accept);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        admit(server.accept());
      } catch (IOException e) {
        if (!server.isClosed()) {
          log.warn("cannot accept a connection of a peer: {}", e.getMessage());
          LockSupport.parkNanos(ACCEPT_RETRY_NANOS); // Out of descriptors, perhaps: not forever.
        }
      } catch (RuntimeException | Error e) {
        // Out of memory, perhaps. A node that accepts nobody any more would seem to be cut off.
        log.error("cannot serve a connection of a peer", e);
        LockSupport.parkNanos(ACCEPT_RETRY_NANOS);
      }
    }
  }

  private void admit(Socket connection) throws IOException {
    try {
      connections.add(connection);
      Thread.ofVirtual().name("raft-inbound").start(() -> serve(connection));
    } catch (RuntimeException | Error e) {
      connections.remove(connection);
      connection.close();
      throw e;
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      connection.setSoTimeout(HANDSHAKE_MILLIS);
      InputStream in = new BufferedInputStream(connection.getInputStream());
      Handshake.Hello hello = Handshake.Hello.read(in);
      String refusal = refusal(hello);
      Handshake.writeAnswer(connection.getOutputStream(), refusal);
      if (refusal.isEmpty()) {
        connection.setSoTimeout(IDLE_MILLIS);
        boolean probe = hello.purpose() == Handshake.Purpose.PROBE;
        converse(connection, in, probe ? null : hello.from());
      } else {
        log.warn("refused {}: {}", connection.getRemoteSocketAddress(), refusal);
      }
    } catch (ProtocolException e) {
      log.warn("closed {}: {}", connection.getRemoteSocketAddress(), e.getMessage());
    } catch (IOException e) {
      log.debug("lost {}", connection.getRemoteSocketAddress(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      // The dialler comes again; what it had sent is lost, as any message may be.
      log.error("closed {} after a fault", connection.getRemoteSocketAddress(), e);
    } finally {
      connections.remove(connection);
    }
  }

  /** Says what is wrong with a dialler, or nothing. */
  private String refusal(Handshake.Hello hello) {
    if (hello.version() != Handshake.VERSION) {
      return "version %d is spoken here, not %d".formatted(Handshake.VERSION, hello.version());
    }
    if (hello.to() != null && !hello.to().equals(config.self())) {
      return "this is node %s, not %s".formatted(config.self(), hello.to());
    }
    if (hello.purpose() == Handshake.Purpose.PROBE) {
      return "";
    }
    if (hello.clusterId() != config.clusterId()) {
      return "this is cluster %x, not %x".formatted(config.clusterId(), hello.clusterId());
    }
    NodeId from = hello.from();
    return from != null && config.peers().containsKey(from)
        ? ""
        : "node %s is no peer of %s".formatted(from, config.self());
  }

  private void converse(Socket connection, InputStream in, @Nullable NodeId from)
      throws IOException, InterruptedException {
    Frame frame;
    while ((frame = FrameCodec.read(in)) != null) {
      switch (frame) {
        case Frame.Ping(long token, int _) -> pong(connection, token);
        case Frame.Pong _ -> throw new ProtocolException("a dialler sends pongs");
        case Frame.Carry(var message) -> {
          if (from == null) {
            throw new ProtocolException("a probe sends messages");
          }
          handler.received(from, message);
        }
      }
    }
  }

  private static void pong(Socket connection, long token) throws IOException {
    Frame pong = new Frame.Pong(token);
    var buffer = ByteBuffer.allocate(FrameCodec.sizeBytes(pong));
    FrameCodec.write(buffer, pong);
    connection.getOutputStream().write(buffer.array());
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
