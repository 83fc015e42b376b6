package dev.faultline.nemeses.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkProxiesTest {

  private static final Link THERE = new Link("n1", "n2");
  private static final Link BACK = new Link("n2", "n1");

  private EchoServer first;
  private EchoServer second;
  private ToxiproxyServer server;
  private ToxiproxyClient client;
  private LinkProxies proxies;
  private Map<Link, InetSocketAddress> listen;

  @BeforeEach
  void joinTwoNodes() throws IOException {
    first = new EchoServer();
    second = new EchoServer();
    server = ToxiproxyServer.start(0);
    client = new ToxiproxyClient(server.host(), server.port());
    proxies = new LinkProxies(ProxySite.local(server), Carriage.SENDER_DIALS, 1);
    listen =
        proxies
            .create(
                Map.of(
                    THERE, second.socketAddress(),
                    BACK, first.socketAddress()))
            .toCompletableFuture()
            .join();
  }

  @AfterEach
  void close() throws IOException {
    proxies.close();
    server.close();
    first.close();
    second.close();
  }

  private long shape(Map<Link, LinkState> states) {
    return proxies.shape(states).toCompletableFuture().join();
  }

  /** Round trip in nanoseconds over a fresh connection; fails if there is no answer. */
  private long probe(Link link, int patienceMillis) throws IOException {
    InetSocketAddress address = listen.get(link);
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(patienceMillis);
      socket.connect(address);
      long start = System.nanoTime();
      socket.getOutputStream().write('x');
      if (socket.getInputStream().read() != 'x') {
        throw new IOException("closed");
      }
      return System.nanoTime() - start;
    }
  }

  @Test
  void cutsOneDirectionAndHealsIt() throws IOException {
    probe(THERE, 5000);
    shape(Map.of(THERE, LinkState.CUT));
    assertThatThrownBy(() -> probe(THERE, 150)).isInstanceOf(SocketTimeoutException.class);
    probe(BACK, 5000);

    shape(Map.of());
    probe(THERE, 5000);
  }

  @Test
  void slowsALinkAndMendsIt() throws IOException {
    LinkState slow = slow(150);
    shape(Map.of(THERE, slow));
    assertThat(probe(THERE, 5000)).isGreaterThanOrEqualTo(150_000_000L);
    shape(Map.of(THERE, slow(60)));
    assertThat(probe(THERE, 5000)).isGreaterThanOrEqualTo(60_000_000L);
    shape(Map.of());
    assertThat(client.getProxy("n1-to-n2").toxics().getAll()).isEmpty();
  }

  private static LinkState slow(int millis) {
    return LinkState.slow(Duration.ofMillis(millis), Duration.ZERO);
  }

  @Test
  void shapingTwiceChangesNothingTheSecondTime() {
    shape(Map.of(THERE, LinkState.CUT));
    assertThat(shape(Map.of(THERE, LinkState.CUT))).isZero();
  }

  @Test
  void aLossyLinkStallsNowAndThen() throws IOException {
    LinkState lossy = LinkState.lossy(0.5, Duration.ofMillis(100), Duration.ZERO);
    shape(Map.of(THERE, lossy));
    await().atMost(Duration.ofSeconds(20)).until(() -> probe(THERE, 5000) > 40_000_000L);
    await().atMost(Duration.ofSeconds(20)).until(() -> probe(THERE, 5000) < 40_000_000L);
    shape(Map.of());
    assertThat(client.getProxy("n1-to-n2").toxics().getAll()).isEmpty();
  }

  @Test
  void aLinkIsResetNowAndThen() throws IOException {
    LinkState reset = LinkState.resetting(Duration.ofMillis(300));
    shape(Map.of(THERE, reset));
    await().atMost(Duration.ofSeconds(20)).until(() -> fails(THERE));
    await().atMost(Duration.ofSeconds(20)).until(() -> !fails(THERE));
    shape(Map.of());
    assertThat(client.getProxy("n1-to-n2").toxics().getAll()).isEmpty();
  }

  private boolean fails(Link link) {
    try {
      probe(link, 5000);
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void nothingIsShapedAnyMoreOnceItIsClosed() {
    proxies.close();
    proxies.close();
    assertThatThrownBy(() -> shape(Map.of(THERE, LinkState.CUT))).hasMessageContaining("closed");
  }

  @Test
  void aResetThatCannotBeSwitchedOffIsNotForgotten() throws IOException {
    shape(Map.of(THERE, LinkState.resetting(Duration.ofMillis(300))));
    await().atMost(Duration.ofSeconds(20)).until(() -> fails(THERE));
    server.close();
    assertThatThrownBy(() -> shape(Map.of()))
        .as("the server does not say that the toxic is gone")
        .hasMessageContaining("n1->n2");
  }

  @Test
  void findsItsWayBackWhenSomebodyElseMeddled() throws IOException {
    shape(Map.of(THERE, LinkState.CUT));
    client.reset();
    assertThatThrownBy(() -> shape(Map.of())).hasMessageContaining("n1->n2");
    shape(Map.of());
    probe(THERE, 5000);
    shape(Map.of(THERE, LinkState.CUT));
    assertThatThrownBy(() -> probe(THERE, 150)).isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void refusesALinkThatItDoesNotHave() {
    assertThatThrownBy(() -> shape(Map.of(new Link("n1", "n9"), LinkState.CUT)))
        .hasMessageContaining("n1->n9 has no proxy");
  }
}
