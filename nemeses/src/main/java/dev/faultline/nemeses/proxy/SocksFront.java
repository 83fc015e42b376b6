package dev.faultline.nemeses.proxy;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A SOCKS5 server through which <em>one</em> node reaches its peers, so that every connection it
 * dials is known to be its own.
 *
 * <p>All nodes on a host share its addresses, and all of them are told the same address for a peer:
 * from a connection alone nobody can tell who dialled it. A front that only one node knows says
 * who, and the request's name says whom it wants; a route leads from there into the link proxy of
 * that pair. The node needs no support beyond an ordinary proxy setting: an etcd started with
 * {@code HTTP_PROXY=socks5://127.0.0.1:PORT} dials {@code http://n2.test:2380} through it, a name
 * that need not exist (Go's clients go around a proxy only for the loopback host).
 *
 * <p>A byte pump that adds nothing: what is half closed on one side is half closed on the other,
 * what is reset is reset. Every connection is served by two virtual threads. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1928">RFC 1928</a>
 */
public final class SocksFront implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SocksFront.class);

  private static final int BACKLOG = 511;
  private static final long ACCEPT_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final Duration HANDSHAKE_WITHIN = Duration.ofSeconds(10);
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

  private final ServerSocket listener;
  private final Function<Destination, Optional<InetSocketAddress>> routes;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("socks-", 0).factory());

  private SocksFront(
      ServerSocket listener, Function<Destination, Optional<InetSocketAddress>> routes) {
    this.listener = listener;
    this.routes = routes;
  }

  /**
   * Starts to listen.
   *
   * @param listenOn where; port 0 for any free one
   * @param routes says where a destination really is, usually in a link proxy; nothing if the node
   *     must not go there. Called by several threads at once; must not block
   * @throws IOException if the address cannot be had
   */
  public static SocksFront start(
      InetSocketAddress listenOn, Function<Destination, Optional<InetSocketAddress>> routes)
      throws IOException {
    ServerSocket listener = new ServerSocket();
    try {
      listener.setReuseAddress(true);
      listener.bind(listenOn, BACKLOG);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
    SocksFront front = new SocksFront(listener, routes);
    front.threads.execute(front::accept);
    return front;
  }

  /** Returns where the front listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  /** Returns whether a connection is being served. */
  boolean busy() {
    return !open.isEmpty();
  }

  /** Stops listening and closes every connection; on return nothing runs any more. Idempotent. */
  @Override
  public void close() {
    closeQuietly(listener);
    // What is opened from here on finds the listener closed, and is closed by who opened it.
    open.forEach(SocksFront::closeQuietly);
    threads.shutdown();
    try {
      threads.awaitTermination(CONNECT_WITHIN.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        serveOrClose(client);
      } catch (IOException e) {
        // Closed by close(), or the client went away before it was accepted; or too many files are
        // open, which this thread must not turn into a busy loop.
        if (!listener.isClosed()) {
          LockSupport.parkNanos(ACCEPT_AGAIN_NANOS);
        }
      }
    }
  }

  private void serveOrClose(Socket client) {
    try {
      threads.execute(() -> serve(client));
    } catch (RejectedExecutionException e) {
      closeQuietly(client);
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket server = new Socket()) {
      try {
        opened(client);
        opened(server);
        client.setSoTimeout(Math.toIntExact(HANDSHAKE_WITHIN.toMillis()));
        if (shakeHands(client, server)) {
          client.setSoTimeout(0);
          new Relay(client, server).run();
        }
      } finally {
        open.remove(client);
        open.remove(server);
      }
    } catch (IOException e) {
      LOG.debug("a connection to the front at {} ended", address(), e);
    }
  }

  private void opened(Socket socket) throws IOException {
    open.add(socket);
    if (listener.isClosed()) {
      throw new IOException("the front is closed");
    }
  }

  /** Connects to where the client wants to go, or tells it why not. */
  private boolean shakeHands(Socket client, Socket server) throws IOException {
    SocksHandshake handshake =
        new SocksHandshake(client.getInputStream(), client.getOutputStream());
    Destination destination = handshake.request();
    Optional<InetSocketAddress> route = routes.apply(destination);
    if (route.isEmpty()) {
      LOG.debug("no route from the front at {} to {}", address(), destination);
      handshake.reply(SocksHandshake.Reply.NOT_ALLOWED, null);
      return false;
    }
    try {
      server.connect(route.get(), Math.toIntExact(CONNECT_WITHIN.toMillis()));
    } catch (IOException e) {
      handshake.reply(SocksHandshake.Reply.to(e), null);
      return false;
    }
    handshake.reply(
        SocksHandshake.Reply.SUCCEEDED, (InetSocketAddress) server.getLocalSocketAddress());
    return true;
  }

  private static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Closed all the same.
    }
  }
}
