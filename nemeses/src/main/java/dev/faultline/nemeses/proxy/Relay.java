package dev.faultline.nemeses.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;

/**
 * Carries bytes between two open sockets until both directions have ended, each by itself. A reset
 * or any other failure on one side becomes a reset of both.
 */
final class Relay {

  private static final int BUFFER_BYTES = 32 * 1024;

  private final Socket left;
  private final Socket right;

  Relay(Socket left, Socket right) {
    this.left = left;
    this.right = right;
  }

  /** Carries; returns when there is nothing left to carry. Closing the sockets ends it too. */
  void run() throws IOException {
    left.setTcpNoDelay(true);
    right.setTcpNoDelay(true);
    Thread back = Thread.ofVirtual().name("socks-back").start(() -> carry(right, left));
    carry(left, right);
    try {
      back.join();
    } catch (InterruptedException e) {
      // Whoever interrupts wants an end; the caller closes the sockets, and that ends the other.
      Thread.currentThread().interrupt();
    }
  }

  private void carry(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      reset();
    }
  }

  /** With a linger time of zero the kernel sends RST instead of FIN, and drops what is unsent. */
  private void reset() {
    for (Socket socket : List.of(left, right)) {
      try (socket) {
        socket.setSoLinger(true, 0);
      } catch (IOException e) {
        // Closed already, which is what is wanted.
      }
    }
  }
}
