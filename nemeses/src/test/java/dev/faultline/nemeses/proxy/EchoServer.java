package dev.faultline.nemeses.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** Sends back what it gets, on a free port of the loopback address, and counts it. */
final class EchoServer implements AutoCloseable {

  private final ServerSocket listener;
  private final AtomicLong received = new AtomicLong();

  EchoServer() throws IOException {
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  InetSocketAddress socketAddress() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort());
  }

  String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  long received() {
    return received.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> echo(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void echo(Socket socket) {
    byte[] buffer = new byte[64 * 1024];
    try (socket) {
      for (int n = socket.getInputStream().read(buffer);
          n >= 0;
          n = socket.getInputStream().read(buffer)) {
        received.addAndGet(n);
        socket.getOutputStream().write(buffer, 0, n);
      }
    } catch (IOException e) {
      // The peer is gone.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
