package dev.faultline.harness.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkAgentTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final InetSocketAddress TARGET = new InetSocketAddress("10.1.2.3", 2380);

  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private ServerSocket server;
  private LinkAgent agent;

  @BeforeEach
  void open() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    agent = new LinkAgent((InetSocketAddress) server.getLocalSocketAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void aProbeAsksForTheTargetAndTakesTheTimeThatTheAgentTook() throws Exception {
    answer("ok 1234567");
    assertThat(agent.probe(TARGET, PATIENCE).toCompletableFuture().join()).isEqualTo(1234567);
    assertThat(asked.take()).isEqualTo("probe 10.1.2.3 2380 20000");
  }

  @Test
  void aProbeThatGotNowhereSaysWhy() {
    answer("no timeout");
    assertThatThrownBy(() -> agent.probe(TARGET, PATIENCE).toCompletableFuture().join())
        .hasCauseInstanceOf(SocketTimeoutException.class)
        .hasMessageContaining("10.1.2.3:2380 does not answer: no timeout");
  }

  @Test
  void aRefusalHasGoneThereAndBack() {
    answer("no refused");
    assertThat(agent.probe(TARGET, PATIENCE).toCompletableFuture().join())
        .isBetween(0L, PATIENCE.toNanos());
  }

  @ParameterizedTest
  @ValueSource(strings = {"no unreachable", "no error", "no unknown-host", "no bad-request", "?"})
  void anythingElseSaysNothingOfTheLink(String said) {
    answer(said);
    assertThatThrownBy(() -> agent.probe(TARGET, PATIENCE).toCompletableFuture().join())
        .cause()
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(SocketTimeoutException.class)
        .hasMessageContaining("10.1.2.3:2380")
        .hasMessageContaining(said);
  }

  /** Nobody accepts the connection, but the operating system does. */
  @Test
  void aSilentAgentIsNotASilentLink() {
    assertThatThrownBy(() -> agent.probe(TARGET, Duration.ofMillis(1)).toCompletableFuture().join())
        .cause()
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(SocketTimeoutException.class)
        .hasMessageContaining("the link agent at")
        .hasMessageContaining("is silent");
  }

  @Test
  void socketsThatStayAreAnError() throws Exception {
    answer("no sockets-left");
    assertThatThrownBy(() -> agent.cleanse(2380, PATIENCE).toCompletableFuture().join())
        .hasMessageContaining("sockets-left");
    assertThat(asked.take()).isEqualTo("cleanse 2380");
  }

  @Test
  void anAgentThatHangsUpIsAnError() {
    answer(null);
    assertThatThrownBy(() -> agent.ping(PATIENCE).toCompletableFuture().join())
        .hasMessageContaining("closed the connection");
  }

  private void answer(@Nullable String line) {
    Thread.ofVirtual()
        .start(() -> {
          try (var connection = server.accept()) {
            asked.add(
                new BufferedReader(
                        new InputStreamReader(
                            connection.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine());
            if (line != null) {
              connection.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            }
          } catch (IOException _) {
            // The test is over.
          }
        });
  }
}
