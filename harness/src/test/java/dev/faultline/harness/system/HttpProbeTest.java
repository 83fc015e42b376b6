package dev.faultline.harness.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpProbeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final BlockingQueue<Integer> paddings = new LinkedBlockingQueue<>();
  private HttpServer server;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/version",
        exchange -> {
          String padding = exchange.getRequestHeaders().getFirst("X-Padding");
          paddings.add(padding == null ? 0 : padding.length());
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void anyStatusIsAnAnswer() throws Exception {
    long nanos =
        new HttpProbe("/version").probe(address(), 0, PATIENCE).toCompletableFuture().join();
    assertThat(nanos).isPositive();
    assertThat(paddings.take()).isZero();
  }

  @Test
  void aPayloadHasToArriveBeforeTheAnswer() throws Exception {
    new HttpProbe("/version").probe(address(), 5_000, PATIENCE).toCompletableFuture().join();
    assertThat(paddings.take()).isEqualTo(5_000);
  }

  @Test
  void whoAcceptsAndSaysNothingDoesNotAnswer() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress there = (InetSocketAddress) mute.getLocalSocketAddress();
      assertThatThrownBy(() ->
              new HttpProbe("/version")
                  .probe(there, 0, Duration.ofMillis(100))
                  .toCompletableFuture()
                  .join())
          .hasRootCauseInstanceOf(IOException.class);
    }
  }

  private InetSocketAddress address() {
    return server.getAddress();
  }
}
