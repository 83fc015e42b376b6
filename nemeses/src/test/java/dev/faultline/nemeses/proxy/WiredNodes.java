package dev.faultline.nemeses.proxy;

import dev.faultline.nemeses.Link;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Two nodes that only listen, joined by links, and connections of which both ends are at hand. */
final class WiredNodes implements AutoCloseable {

  static final Link THERE = new Link("n1", "n2");
  static final Link BACK = new Link("n2", "n1");

  /** Both ends of a connection that went through a link's proxy. */
  record Wire(Socket dialler, Socket acceptor) implements AutoCloseable {

    @Override
    public void close() throws IOException {
      dialler.close();
      acceptor.close();
    }
  }

  private final Map<Link, ServerSocket> receivers = new HashMap<>();
  final ToxiproxyServer server = ToxiproxyServer.start(0);
  final LinkProxies proxies;
  final Map<Link, InetSocketAddress> dialled;

  WiredNodes(Carriage carriage) throws IOException {
    proxies = new LinkProxies(ProxySite.local(server), carriage, 7);
    Map<Link, InetSocketAddress> upstreams = new HashMap<>();
    for (Link link : new Link[] {THERE, BACK}) {
      ServerSocket receiver = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      receivers.put(link, receiver);
      upstreams.put(link, (InetSocketAddress) receiver.getLocalSocketAddress());
    }
    dialled = proxies.create(upstreams).toCompletableFuture().join();
  }

  /** Dials as the sender of {@code link} does. */
  Wire dial(Link link) throws IOException {
    ServerSocket receiver = Objects.requireNonNull(receivers.get(link));
    CompletableFuture<Socket> accepted = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            accepted.complete(receiver.accept());
          } catch (IOException e) {
            accepted.completeExceptionally(e);
          }
        });
    Socket dialler = new Socket();
    dialler.setTcpNoDelay(true);
    dialler.connect(dialled.get(link));
    Socket acceptor = accepted.join();
    acceptor.setTcpNoDelay(true);
    return new Wire(dialler, acceptor);
  }

  /** Sends one byte and tells how long it took to arrive, in nanoseconds. */
  static long pass(Socket from, Socket to, int patienceMillis) throws IOException {
    to.setSoTimeout(patienceMillis);
    InputStream in = to.getInputStream();
    long start = System.nanoTime();
    from.getOutputStream().write('x');
    if (in.read() != 'x') {
      throw new IOException("closed");
    }
    return System.nanoTime() - start;
  }

  @Override
  public void close() throws IOException {
    proxies.close();
    server.close();
    for (ServerSocket receiver : receivers.values()) {
      receiver.close();
    }
  }
}
