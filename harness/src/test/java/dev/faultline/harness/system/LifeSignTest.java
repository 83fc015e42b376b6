package dev.faultline.harness.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signs of life, given by real sockets on the loopback interface. */
class LifeSignTest {

  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofSeconds(10);

  private HttpServer http;
  private int status = 200;

  @BeforeEach
  void listen() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext(
        "/health",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    http.start();
  }

  @AfterEach
  void stop() {
    http.stop(0);
  }

  @Test
  void aHealthyNodeAnswersWithSuccess() {
    assertThat(new LifeSign.Http("/health").check(http.getAddress(), Optional.empty(), LONG))
        .succeedsWithin(LONG);
  }

  @Test
  void anotherAnswerIsNoHealthButASignOfLife() {
    status = 503;
    assertThat(new LifeSign.Http("/health").check(http.getAddress(), Optional.empty(), LONG))
        .failsWithin(LONG)
        .withThrowableThat()
        .withMessageContaining("503");
    assertThat(new LifeSign.Http("/health").probe(http.getAddress(), 0, LONG)).succeedsWithin(LONG);
  }

  @Test
  void healthIsAskedOfTheMetricsPortWhereThereIsOne() throws IOException {
    try (ServerSocket silent = silent()) {
      InetSocketAddress client = (InetSocketAddress) silent.getLocalSocketAddress();
      assertThat(new LifeSign.Http("/health").check(client, Optional.of(http.getAddress()), LONG))
          .succeedsWithin(LONG);
    }
  }

  @Test
  void aPeerThatAnswersWhatItDoesNotUnderstandIsAlive() {
    assertThat(new LifeSign.Tcp().probe(http.getAddress(), 100, LONG)).succeedsWithin(LONG);
  }

  @Test
  void aPeerThatAcceptsAndSaysNothingIsNot() throws IOException {
    try (ServerSocket silent = silent()) {
      InetSocketAddress address = (InetSocketAddress) silent.getLocalSocketAddress();
      assertThat(new LifeSign.Tcp().check(address, Optional.empty(), LONG)).succeedsWithin(LONG);
      assertThat(new LifeSign.Tcp().probe(address, 0, SHORT))
          .failsWithin(LONG)
          .withThrowableThat()
          .withRootCauseInstanceOf(java.net.SocketTimeoutException.class);
    }
  }

  @Test
  void nobodyIsThere() throws IOException {
    ServerSocket gone = silent();
    InetSocketAddress address = (InetSocketAddress) gone.getLocalSocketAddress();
    gone.close();
    assertThat(new LifeSign.Tcp().check(address, Optional.empty(), LONG))
        .failsWithin(LONG)
        .withThrowableOfType(java.util.concurrent.ExecutionException.class)
        .withCauseInstanceOf(java.net.ConnectException.class);
  }

  /** A kernel accepts for a process that never does. */
  private static ServerSocket silent() throws IOException {
    return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }
}
