package dev.faultline.harness.docker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands before this machine's engine on a TCP port, so that an engine can go away in a test
 * without going away for everybody else: {@link #close} ends every conversation and refuses new
 * ones, as a killed engine does, and containers live on.
 */
public final class EngineFront implements AutoCloseable {

  private static final Path SOCKET = Path.of("/var/run/docker.sock");
  private static final int BUFFER_BYTES = 32 * 1024;

  private final ServerSocketChannel listening;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

  private EngineFront(ServerSocketChannel listening) {
    this.listening = listening;
  }

  /** Tells whether this machine's engine listens where a front can reach it. */
  public static boolean isPossible() {
    return Files.exists(SOCKET);
  }

  /** Begins to listen. */
  public static EngineFront open() throws IOException {
    ServerSocketChannel listening =
        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    EngineFront front = new EngineFront(listening);
    Thread.ofVirtual().name("engine-front").start(front::accept);
    return front;
  }

  /** Returns what {@code DOCKER_HOST} has to say. */
  public String address() throws IOException {
    return "tcp://127.0.0.1:" + ((InetSocketAddress) listening.getLocalAddress()).getPort();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel caller = listening.accept();
        SocketChannel engine = SocketChannel.open(UnixDomainSocketAddress.of(SOCKET));
        open.add(caller);
        open.add(engine);
        Thread.ofVirtual().start(() -> pump(caller, engine));
        Thread.ofVirtual().start(() -> pump(engine, caller));
      }
    } catch (IOException _) {
      // It is closed.
    }
  }

  /** One direction may end before the other: an attached container's input does. */
  private static void pump(SocketChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try {
      while (from.read(buffer.clear()) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
      }
      to.shutdownOutput();
    } catch (IOException _) {
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  private static void closeQuietly(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException _) {
      // It is gone either way.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    open.forEach(EngineFront::closeQuietly);
  }
}
