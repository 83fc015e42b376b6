package dev.faultline.nemeses.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.Toxic;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.toxic.Bandwidth;
import eu.rekawek.toxiproxy.model.toxic.Latency;
import eu.rekawek.toxiproxy.model.toxic.Timeout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What each toxic does to bytes, through the client that users have.
 *
 * <p>Where time matters only lower bounds are tested: a toxic must not be faster than it says.
 */
class ToxicsTest {

  private static final int PATIENCE_MILLIS = 10_000;

  private EchoServer echo;
  private ToxiproxyServer server;
  private Proxy proxy;
  private Socket socket;

  @BeforeEach
  void connectThroughAProxy() throws IOException {
    echo = new EchoServer();
    server = ToxiproxyServer.start(0);
    ToxiproxyClient client = new ToxiproxyClient(server.host(), server.port());
    proxy = client.createProxy("echo", "127.0.0.1:0", echo.address());
    socket = connect();
    assertThat(roundTrip("hello")).isEqualTo("hello");
  }

  @AfterEach
  void close() throws IOException {
    socket.close();
    server.close();
    echo.close();
  }

  private Socket connect() throws IOException {
    Socket opened = new Socket();
    opened.setTcpNoDelay(true);
    opened.setSoTimeout(PATIENCE_MILLIS);
    String listen = proxy.getListen();
    opened.connect(
        new InetSocketAddress(
            InetAddress.getLoopbackAddress(),
            Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1))));
    return opened;
  }

  private void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private String receive(int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
  }

  private String roundTrip(String text) throws IOException {
    send(text);
    return receive(text.length());
  }

  private long roundTripMillis() throws IOException {
    long start = System.nanoTime();
    assertThat(roundTrip("ping")).isEqualTo("ping");
    return (System.nanoTime() - start) / 1_000_000;
  }

  private void assertNothingArrives() throws IOException {
    socket.setSoTimeout(100);
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  @Test
  void latencyDelaysEachDirectionOnItsOwn() throws IOException {
    proxy.toxics().latency("up", ToxicDirection.UPSTREAM, 120);
    assertThat(roundTripMillis()).isGreaterThanOrEqualTo(120);

    proxy.toxics().latency("down", ToxicDirection.DOWNSTREAM, 80);
    assertThat(roundTripMillis()).isGreaterThanOrEqualTo(200);
  }

  @Test
  void latencyDelaysAStreamOnceNotEveryChunkAfterTheOther() throws IOException {
    proxy.toxics().latency("up", ToxicDirection.UPSTREAM, 300);
    long start = System.nanoTime();
    for (int i = 0; i < 50; i++) {
      send("x");
    }
    assertThat(receive(50)).hasSize(50);
    // One after the other, 50 chunks would take 15 s; the bound leaves a busy machine 14 of them.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(14));
  }

  @Test
  void whatALatencyToxicHoldsIsPassedOnWhenItGoes() throws IOException {
    Latency latency = proxy.toxics().latency("up", ToxicDirection.UPSTREAM, 3_600_000);
    send("held");
    assertNothingArrives();
    latency.remove();
    assertThat(receive(4)).isEqualTo("held");
    assertThat(roundTrip("again")).isEqualTo("again");
  }

  @Test
  void whatALatencyToxicHoldsIsPassedOnWhenItChanges() throws IOException {
    Latency latency = proxy.toxics().latency("up", ToxicDirection.UPSTREAM, 3_600_000);
    send("held");
    assertNothingArrives();
    latency.setLatency(1);
    assertThat(receive(4)).isEqualTo("held");
  }

  @Test
  void aTimeoutOfZeroIsABlackHoleAndItsRemovalClosesTheConnection() throws IOException {
    long before = echo.received();
    Timeout timeout = proxy.toxics().timeout("cut", ToxicDirection.UPSTREAM, 0);
    send("lost");
    assertNothingArrives();
    assertThat(echo.received()).isEqualTo(before);

    timeout.remove();
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
    socket = connect();
    assertThat(roundTrip("new")).isEqualTo("new");
    assertThat(echo.received()).isEqualTo(before + 3);
  }

  @Test
  void aBlackHoleUpstreamLetsDownstreamDataPass() throws IOException {
    Latency latency = proxy.toxics().latency("down", ToxicDirection.DOWNSTREAM, 3_600_000);
    send("answer me");
    await().until(() -> echo.received() >= 14);
    proxy.toxics().timeout("cut", ToxicDirection.UPSTREAM, 0);
    latency.remove();
    assertThat(receive(9)).isEqualTo("answer me");
  }

  @Test
  void aTimeoutClosesTheConnection() throws IOException {
    proxy.toxics().timeout("soon", ToxicDirection.DOWNSTREAM, 100);
    send("x");
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void bandwidthLimitsARate() throws IOException {
    proxy.toxics().bandwidth("narrow", ToxicDirection.UPSTREAM, 100);
    byte[] data = new byte[50_000];
    long start = System.nanoTime();
    socket.getOutputStream().write(data);
    assertThat(socket.getInputStream().readNBytes(data.length)).hasSize(data.length);
    // 50 KB at 100 KB/s take 500 ms, of which the last chunk may go early.
    assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(350);
  }

  @Test
  void aBandwidthOfZeroHoldsEverythingUntilItIsRemoved() throws IOException {
    Bandwidth none = proxy.toxics().bandwidth("none", ToxicDirection.UPSTREAM, 0);
    send("held");
    assertNothingArrives();
    none.remove();
    assertThat(receive(4)).isEqualTo("held");
  }

  @Test
  void slowCloseKeepsTheConnectionOpenForAWhile() throws IOException {
    proxy.toxics().slowClose("linger", ToxicDirection.DOWNSTREAM, 300);
    long start = System.nanoTime();
    socket.shutdownOutput();
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
    assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(300);
  }

  @Test
  void resetPeerResets() throws IOException {
    proxy.toxics().resetPeer("reset", ToxicDirection.UPSTREAM, 0);
    send("x");
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  @Test
  void slicerKeepsTheBytesAndTheirOrder() throws Exception {
    proxy.toxics().slicer("pieces", ToxicDirection.UPSTREAM, 100, 0).setSizeVariation(50);
    byte[] data = new byte[40_000];
    new Random(1).nextBytes(data);
    socket.getOutputStream().write(data);
    assertThat(socket.getInputStream().readNBytes(data.length)).isEqualTo(data);
  }

  @Test
  void slicerWaitsBetweenPieces() throws IOException {
    proxy.toxics().slicer("pieces", ToxicDirection.UPSTREAM, 10, 20_000);
    long start = System.nanoTime();
    assertThat(roundTrip("x".repeat(80))).hasSize(80);
    // At least eight pieces; the last one has arrived before its own wait.
    assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(7 * 20);
  }

  @Test
  void limitDataClosesAfterSoManyBytes() throws IOException {
    proxy.toxics().limitData("ten", ToxicDirection.DOWNSTREAM, 10);
    assertThat(roundTrip("123456")).isEqualTo("123456");
    send("7890abcdef");
    assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("7890");
  }

  @Test
  void aToxicityOfZeroTouchesNoConnection() throws IOException {
    Timeout cut = proxy.toxics().timeout("cut", ToxicDirection.UPSTREAM, 3_600_000);
    cut.setToxicity(0);
    assertThat(roundTrip("through")).isEqualTo("through");
    cut.setToxicity(1);
    send("lost");
    assertNothingArrives();
  }

  @Test
  void aToxicityInBetweenTouchesSomeConnections() throws IOException {
    Toxic cut = proxy.toxics().timeout("cut", ToxicDirection.UPSTREAM, 0);
    cut.setToxicity(0.5f);
    int through = 0;
    int lost = 0;
    // That 60 connections are all alike has a probability of 2^-59.
    for (int i = 0; i < 60 && (through == 0 || lost == 0); i++) {
      try (Socket other = connect()) {
        other.setSoTimeout(200);
        other.getOutputStream().write('x');
        other.getInputStream().read();
        through++;
      } catch (SocketTimeoutException e) {
        lost++;
      }
    }
    assertThat(through).isPositive();
    assertThat(lost).isPositive();
  }

  @Test
  void disablingClosesConnectionsAndRefusesNewOnes() throws IOException {
    proxy.disable();
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
    assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
    proxy.enable();
    socket = connect();
    assertThat(roundTrip("back")).isEqualTo("back");
  }

  @Test
  void newConnectionsGetTheToxicsThatAreThere() throws IOException {
    proxy.toxics().latency("up", ToxicDirection.UPSTREAM, 100);
    proxy.toxics().latency("more", ToxicDirection.UPSTREAM, 50);
    socket.close();
    socket = connect();
    assertThat(roundTripMillis()).isGreaterThanOrEqualTo(100);
  }

  @Test
  void toxicsGoEvenIfThePeerTakesNothing() throws Exception {
    try (ServerSocket stopped = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      proxy.setUpstream("127.0.0.1:" + stopped.getLocalPort());
      proxy.enable();
      socket = connect();
      try (Socket neverRead = stopped.accept()) {
        Latency latency = proxy.toxics().latency("up", ToxicDirection.UPSTREAM, 1);
        Thread flood = Thread.ofVirtual().start(this::sendUntilClosed);
        // What fits into the peer's socket is nothing against what a flood brings.
        latency.remove();
        proxy.toxics().latency("up", ToxicDirection.UPSTREAM, 2).remove();
        proxy.disable();
        socket.close();
        flood.join();
        assertThat(proxy.toxics().getAll()).isEmpty();
        assertThat(neverRead.isConnected()).isTrue();
      }
    }
  }

  private void sendUntilClosed() {
    byte[] data = new byte[64 * 1024];
    try {
      while (true) {
        socket.getOutputStream().write(data);
      }
    } catch (IOException e) {
      // Closed, as it should be.
    }
  }

  @Test
  void noByteIsLostOrReorderedWhileToxicsComeAndGo() throws Exception {
    byte[] data = new byte[4_000_000];
    new Random(7).nextBytes(data);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    Future<byte[]> received = threads.submit(() -> socket.getInputStream().readNBytes(data.length));
    Future<?> sent =
        threads.submit(() -> {
          for (int at = 0; at < data.length; at += 1000) {
            socket.getOutputStream().write(data, at, 1000);
          }
          return null;
        });
    for (int i = 0; i < 40; i++) {
      ToxicDirection direction = i % 2 == 0 ? ToxicDirection.UPSTREAM : ToxicDirection.DOWNSTREAM;
      Latency latency = proxy.toxics().latency("l" + i, direction, 1 + i % 5);
      Toxic slicer = proxy.toxics().slicer("s" + i, direction, 700, 0);
      latency.setLatency(i % 3);
      latency.remove();
      slicer.remove();
    }
    sent.get();
    assertThat(Arrays.equals(received.get(), data)).isTrue();
    threads.close();
  }
}
