package dev.faultline.harness.docker;

import dev.faultline.harness.system.NodeAddresses;
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
 * Speaks to the agent in a node's network namespace: a line asked, a line answered, over a
 * connection each. Never blocks its caller.
 *
 * @param address where the agent listens, as seen from here
 */
record LinkAgent(InetSocketAddress address) {

  /** How much longer than its own deadline the agent may take to say that nothing came. */
  private static final Duration BEYOND = Duration.ofMillis(500);

  /**
   * Connects from the node's place to {@code target}; completes with the nanoseconds that took. A
   * connection that is refused has gone there and back as well, in no more than the time that this
   * took as seen from here: nobody listens there, but the way is open.
   *
   * @return exceptionally a {@link SocketTimeoutException} if nothing came back within {@code
   *     timeout}, another {@link IOException} if that cannot be told
   */
  CompletionStage<Long> probe(InetSocketAddress target, Duration timeout) {
    String host = target.getAddress().getHostAddress();
    long begunNanos = System.nanoTime();
    return ask(
            "probe " + host + " " + target.getPort() + " " + timeout.toMillis(),
            timeout.plus(BEYOND))
        .thenApply(answer -> {
          if (answer.startsWith("ok ")) {
            return Long.parseLong(answer.substring("ok ".length()).strip());
          }
          return switch (answer.strip()) {
            case "no refused" -> System.nanoTime() - begunNanos;
            case "no timeout" ->
                throw new CompletionException(
                    new SocketTimeoutException(
                        NodeAddresses.text(target) + " does not answer: " + answer));
            default ->
                throw new CompletionException(
                    new IOException(
                        "whether "
                            + NodeAddresses.text(target)
                            + " answers cannot be told: "
                            + answer));
          };
        });
  }

  /** Resets every connection of the node that uses {@code port} at either end. */
  CompletionStage<Void> cleanse(int port, Duration timeout) {
    return cleanse("cleanse " + port, timeout);
  }

  /** Resets every connection of the node with {@code peer} that uses its port at either end. */
  CompletionStage<Void> cleanse(InetSocketAddress peer, Duration timeout) {
    return cleanse("cleanse " + peer.getPort() + " " + peer.getAddress().getHostAddress(), timeout);
  }

  private CompletionStage<Void> cleanse(String question, Duration timeout) {
    return ask(question, timeout)
        .thenAccept(answer -> {
          if (!answer.startsWith("ok")) {
            throw new CompletionException(
                new IOException("stale connections could not be reset: " + answer));
          }
        });
  }

  /** Completes when the agent has answered. */
  CompletionStage<Void> ping(Duration timeout) {
    return ask("ping", timeout).thenAccept(_ -> {});
  }

  private CompletionStage<String> ask(String question, Duration timeout) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("link-agent")
        .start(() -> {
          try {
            answer.complete(askNow(question, timeout));
          } catch (SocketTimeoutException e) {
            // Of the agent's silence, which must not be taken for that of a probe's target.
            answer.completeExceptionally(
                new CompletionException(
                    new IOException(
                        "the link agent at " + NodeAddresses.text(address) + " is silent", e)));
          } catch (IOException e) {
            answer.completeExceptionally(new CompletionException(e));
          }
        });
    return answer;
  }

  /** Connecting and waiting for the answer share one deadline. */
  private String askNow(String question, Duration timeout) throws IOException {
    long deadlineNanos = System.nanoTime() + timeout.toNanos();
    try (var connection = new Socket()) {
      connection.connect(address, (int) timeout.toMillis());
      connection.setSoTimeout(millisUntil(deadlineNanos));
      connection.getOutputStream().write((question + "\n").getBytes(StandardCharsets.US_ASCII));
      String answer =
          new BufferedReader(
                  new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      if (answer == null) {
        throw new IOException("the link agent closed the connection instead of answering");
      }
      return answer;
    }
  }

  /** At least one: zero would be for ever. */
  private static int millisUntil(long deadlineNanos) {
    return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime()));
  }
}
