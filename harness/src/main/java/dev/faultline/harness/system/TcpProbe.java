package dev.faultline.harness.system;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Asks for a sign of life where nothing is known of the protocol, over a fresh connection.
 *
 * <p>That a connection is accepted says little: a link proxy accepts while the link behind it is
 * cut, and a kernel accepts for a process that is stopped. So a peer is sent something, and says
 * that it is there by answering, or by hanging up on what it does not understand.
 */
final class TcpProbe {

  private static final byte[] NOBODYS_PROTOCOL =
      "GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private TcpProbe() {}

  /**
   * Completes with the nanoseconds from what was sent to the first byte of an answer, or to the
   * orderly end of the connection; exceptionally without either within {@code timeout}.
   */
  static CompletionStage<Long> probe(
      InetSocketAddress address, int payloadBytes, Duration timeout) {
    return inBackground(() -> {
      try (var connection = connected(address, timeout)) {
        connection.setSoTimeout(Math.toIntExact(timeout.toMillis()));
        long sentNanos = System.nanoTime();
        var out = connection.getOutputStream();
        out.write(NOBODYS_PROTOCOL);
        out.write(new byte[payloadBytes]);
        var _ = connection.getInputStream().read();
        return System.nanoTime() - sentNanos;
      }
    });
  }

  /** Completes with the nanoseconds that a connection took to be accepted. */
  static CompletionStage<Long> connect(InetSocketAddress address, Duration timeout) {
    return inBackground(() -> {
      long startNanos = System.nanoTime();
      try (var _ = connected(address, timeout)) {
        return System.nanoTime() - startNanos;
      }
    });
  }

  private static Socket connected(InetSocketAddress address, Duration timeout) throws IOException {
    var connection = new Socket();
    try {
      connection.setTcpNoDelay(true);
      connection.connect(address, Math.toIntExact(timeout.toMillis()));
      return connection;
    } catch (IOException e) {
      connection.close();
      throw e;
    }
  }

  private static CompletionStage<Long> inBackground(Callable<Long> question) {
    CompletableFuture<Long> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("tcp-probe")
        .start(() -> {
          try {
            answer.complete(question.call());
          } catch (Exception e) {
            answer.completeExceptionally(new CompletionException(e));
          }
        });
    return answer;
  }
}
