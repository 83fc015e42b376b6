package dev.faultline.nemeses.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A listening port whose connections are passed on to one upstream address through toxics.
 *
 * <p>Thread-safe: every change happens under the proxy's monitor, and nothing that can block on a
 * peer is done while it is held.
 */
final class TcpProxy {

  private static final int BACKLOG = 511;
  private static final long ACCEPT_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final Duration ACCEPTOR_PATIENCE = Duration.ofSeconds(1);

  private final String name;
  private String listen;
  private String upstream;
  private @Nullable ServerSocket listener;
  private @Nullable Thread acceptor;
  private final List<Toxic> toxics = new ArrayList<>();
  private final Set<Connection> connections = new LinkedHashSet<>();

  TcpProxy(String name, String listen, String upstream) {
    this.name = name;
    this.listen = listen;
    this.upstream = upstream;
  }

  String name() {
    return name;
  }

  synchronized String listen() {
    return listen;
  }

  synchronized String upstream() {
    return upstream;
  }

  synchronized boolean enabled() {
    return listener != null;
  }

  /** Toxics in Toxiproxy's order: upstream first, each direction in order of the chain. */
  synchronized List<Toxic> toxics() {
    List<Toxic> ordered = new ArrayList<>();
    for (Toxic.Stream stream : Toxic.Stream.values()) {
      toxics.stream().filter(toxic -> toxic.stream() == stream).forEach(ordered::add);
    }
    return ordered;
  }

  /** Starts to listen; does nothing if it already does. A port of 0 is resolved for good. */
  synchronized void enable() throws ApiException {
    if (listener != null) {
      return;
    }
    InetSocketAddress address = address(listen, "listen");
    @SuppressWarnings("resource") // closed by disable()
    ServerSocket socket = open(address);
    listener = socket;
    InetAddress bound = socket.getInetAddress();
    String host =
        bound.isAnyLocalAddress()
            ? "[::]"
            : bound.getHostAddress().contains(":")
                ? "[" + bound.getHostAddress() + "]"
                : bound.getHostAddress();
    listen = host + ":" + socket.getLocalPort();
    acceptor = Thread.ofVirtual().name("proxy-" + name).start(() -> accept(socket));
  }

  private ServerSocket open(InetSocketAddress address) throws ApiException {
    try {
      ServerSocket socket = new ServerSocket();
      try {
        socket.setReuseAddress(true);
        socket.bind(address, BACKLOG);
        return socket;
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    } catch (IOException e) {
      throw new ApiException(500, "listen tcp " + listen + ": bind: " + e.getMessage());
    }
  }

  /** Stops to listen, and closes every connection. */
  synchronized void disable() {
    ServerSocket socket = listener;
    listener = null;
    if (socket == null) {
      return;
    }
    try {
      socket.close();
    } catch (IOException e) {
      // Closed all the same.
    }
    awaitAcceptor();
    connections.forEach(Connection::close);
    connections.clear();
  }

  /** The port is free only once the thread that waits for connections has let go of it. */
  private void awaitAcceptor() {
    Thread thread = acceptor;
    acceptor = null;
    try {
      if (thread != null) {
        thread.join(ACCEPTOR_PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Moves to other addresses, or on, or off, as the API's update does. */
  synchronized void update(String newListen, String newUpstream, boolean enable)
      throws ApiException {
    if (!newListen.equals(listen) || !newUpstream.equals(upstream)) {
      disable();
      listen = newListen;
      upstream = newUpstream;
    }
    if (enable) {
      enable();
    } else {
      disable();
    }
  }

  synchronized Optional<Toxic> toxic(String toxicName) {
    return toxics.stream().filter(toxic -> toxic.name().equals(toxicName)).findFirst();
  }

  synchronized void add(Toxic toxic) throws ApiException {
    if (toxic(toxic.name()).isPresent()) {
      throw new ApiException(409, "toxic already exists");
    }
    toxics.add(toxic);
    connections.forEach(connection -> connection.pipe(toxic.stream()).add(toxic));
  }

  synchronized void replace(Toxic toxic) {
    toxics.replaceAll(old -> old.name().equals(toxic.name()) ? toxic : old);
    connections.forEach(connection -> connection.pipe(toxic.stream()).update(toxic));
  }

  synchronized void remove(String toxicName) throws ApiException {
    Toxic toxic = toxic(toxicName).orElseThrow(() -> new ApiException(404, "toxic not found"));
    toxics.remove(toxic);
    connections.forEach(connection -> connection.pipe(toxic.stream()).remove(toxicName));
  }

  /** Turns the proxy on and takes away every toxic. */
  synchronized void reset() throws ApiException {
    enable();
    for (Toxic toxic : List.copyOf(toxics)) {
      remove(toxic.name());
    }
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().name("dial-" + name).start(() -> dial(socket, client));
      } catch (IOException e) {
        // Closed by disable(), or the client went away before it was accepted; or too many files
        // are open, which this thread must not turn into a busy loop.
        if (!socket.isClosed()) {
          LockSupport.parkNanos(ACCEPT_AGAIN_NANOS);
        }
      }
    }
  }

  private void dial(ServerSocket acceptedBy, Socket client) {
    Socket server = new Socket();
    try {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      server.connect(address(upstream(), "upstream"));
      join(acceptedBy, client, server);
    } catch (IOException | ApiException e) {
      // Nobody listens there. A client that asks for any sign of life must not take an orderly end
      // of the connection for the work of a server.
      resetOnClose(client);
      closeBoth(client, server);
    }
  }

  private static void resetOnClose(Socket client) {
    try {
      client.setSoLinger(true, 0);
    } catch (SocketException e) {
      // Already closed, by the client.
    }
  }

  private synchronized void join(ServerSocket acceptedBy, Socket client, Socket server) {
    if (acceptedBy.isClosed()) {
      closeBoth(client, server); // disabled meanwhile
      return;
    }
    Connection[] self = new Connection[1];
    Connection connection = new Connection(client, server, () -> forget(self));
    self[0] = connection;
    connections.add(connection);
    connection.start(name, toxics);
  }

  private synchronized void forget(Connection[] ended) {
    connections.remove(ended[0]);
  }

  private static void closeBoth(Socket client, Socket server) {
    try (client;
        server) {
      return;
    } catch (IOException e) {
      // Closed all the same.
    }
  }

  /** Reads {@code host:port}, {@code [v6]:port} or {@code :port}, as Go does. */
  private static InetSocketAddress address(String text, String what) throws ApiException {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? text : text.substring(0, colon).replaceAll("^\\[|\\]$", "");
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      InetSocketAddress address =
          host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
      if (colon >= 0 && !address.isUnresolved()) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // Not a port; said below.
    }
    throw new ApiException(500, what + " tcp: address " + text + ": cannot be understood");
  }
}
