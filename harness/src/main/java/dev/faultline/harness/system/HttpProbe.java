package dev.faultline.harness.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Asks a port for a sign of life with an HTTP request, over a fresh connection: a pool would answer
 * from connections that the fault may have left alone.
 *
 * @param path what is asked for; any status counts as an answer
 */
record HttpProbe(String path) {

  /**
   * Completes with the nanoseconds between the request and the first line of its answer, or
   * exceptionally without an answer within {@code timeout}.
   *
   * @param payloadBytes about how many bytes the request has, at most half a million
   */
  CompletionStage<Long> probe(InetSocketAddress address, int payloadBytes, Duration timeout) {
    return answer(address, payloadBytes, timeout).thenApply(Answer::nanos);
  }

  /** Completes if the answer is a success (2xx), else exceptionally with what it is instead. */
  CompletionStage<Void> requireSuccess(InetSocketAddress address, Duration timeout) {
    return answer(address, 0, timeout)
        .thenAccept(answer -> {
          if (!answer.status().matches("HTTP/\\S+ 2\\d\\d(\\s.*)?")) {
            throw new CompletionException(
                new IOException(
                    NodeAddresses.text(address) + path + " answers '" + answer.status() + "'"));
          }
        });
  }

  /** The first line of an answer, and how long it took to come. */
  private record Answer(String status, long nanos) {}

  private CompletionStage<Answer> answer(
      InetSocketAddress address, int payloadBytes, Duration timeout) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("http-probe")
        .start(() -> {
          try {
            answer.complete(ask(address, payloadBytes, timeout));
          } catch (IOException e) {
            answer.completeExceptionally(new CompletionException(e));
          }
        });
    return answer;
  }

  private Answer ask(InetSocketAddress address, int payloadBytes, Duration timeout)
      throws IOException {
    long deadlineNanos = System.nanoTime() + timeout.toNanos();
    try (var connection = new Socket()) {
      connection.setTcpNoDelay(true);
      connection.connect(address, remainingMillis(deadlineNanos));
      long sentNanos = System.nanoTime();
      connection.getOutputStream().write(request(address, payloadBytes));
      connection.setSoTimeout(remainingMillis(deadlineNanos));
      // A status line is short and comes in one piece; what trickles in byte by byte is as good as
      // nothing, and ends with the socket's timeout or the caller's deadline.
      String status =
          new BufferedReader(
                  new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1))
              .readLine();
      if (status == null || !status.startsWith("HTTP/")) {
        throw new IOException("no HTTP answer from " + NodeAddresses.text(address));
      }
      return new Answer(status, System.nanoTime() - sentNanos);
    }
  }

  /** The payload is a header, for a server need not read a body to answer. */
  private byte[] request(InetSocketAddress address, int payloadBytes) {
    String padding = payloadBytes == 0 ? "" : "X-Padding: " + "0".repeat(payloadBytes) + "\r\n";
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: "
            + NodeAddresses.text(address)
            + "\r\nConnection: close\r\n"
            + padding
            + "\r\n";
    return request.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static int remainingMillis(long deadlineNanos) throws SocketTimeoutException {
    long millis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
    if (millis <= 0) {
      throw new SocketTimeoutException("no answer in time");
    }
    return (int) Math.min(millis, Integer.MAX_VALUE);
  }
}
