package dev.faultline.nemeses.proxy;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A client's connection and the one made for it to the server, with a pipe in each direction. */
final class Connection {

  private final Socket client;
  private final Socket server;
  private final Pipe upstream;
  private final Pipe downstream;

  /**
   * Creates a connection out of two open sockets.
   *
   * @param ended called once both directions have ended
   */
  Connection(Socket client, Socket server, Runnable ended) {
    this.client = client;
    this.server = server;
    AtomicInteger open = new AtomicInteger(2);
    this.upstream = new Pipe(client, server, this::reset, once(open, ended));
    this.downstream = new Pipe(server, client, this::reset, once(open, ended));
  }

  private static Runnable once(AtomicInteger open, Runnable ended) {
    AtomicInteger calls = new AtomicInteger();
    return () -> {
      if (calls.getAndIncrement() == 0 && open.decrementAndGet() == 0) {
        ended.run();
      }
    };
  }

  void start(String name, List<Toxic> toxics) {
    upstream.start(name + "-up", in(toxics, Toxic.Stream.UPSTREAM));
    downstream.start(name + "-down", in(toxics, Toxic.Stream.DOWNSTREAM));
  }

  private static List<Toxic> in(List<Toxic> toxics, Toxic.Stream stream) {
    return toxics.stream().filter(toxic -> toxic.stream() == stream).toList();
  }

  Pipe pipe(Toxic.Stream stream) {
    return switch (stream) {
      case UPSTREAM -> upstream;
      case DOWNSTREAM -> downstream;
    };
  }

  /** Closes both sides at once. */
  void close() {
    closeQuietly(client);
    closeQuietly(server);
    upstream.abandon();
    downstream.abandon();
  }

  /** Closes both sides so that the kernel sends RST instead of FIN, and drops what is unsent. */
  private void reset() {
    for (Socket socket : List.of(client, server)) {
      try {
        socket.setSoLinger(true, 0);
      } catch (IOException e) {
        // Already closed, which is what is wanted.
      }
    }
    close();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Closed all the same.
    }
  }
}
