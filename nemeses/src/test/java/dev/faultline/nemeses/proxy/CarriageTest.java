package dev.faultline.nemeses.proxy;

import static dev.faultline.nemeses.proxy.WiredNodes.BACK;
import static dev.faultline.nemeses.proxy.WiredNodes.THERE;
import static dev.faultline.nemeses.proxy.WiredNodes.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import dev.faultline.nemeses.proxy.WiredNodes.Wire;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Looks at both directions of single connections, which a round trip cannot tell apart. */
class CarriageTest {

  private static final int PATIENCE_MILLIS = 5000;
  private static final int SILENCE_MILLIS = 150;

  /** Everything that carries messages of n1->n2: the wire, and who of its ends sends. */
  private static Stream<Arguments> carriers() {
    return Stream.of(
        Arguments.of(Carriage.SENDER_DIALS, THERE, true),
        Arguments.of(Carriage.EITHER_DIALS, THERE, true),
        Arguments.of(Carriage.EITHER_DIALS, BACK, false));
  }

  private static Socket sender(Wire wire, boolean diallerSends) {
    return diallerSends ? wire.dialler() : wire.acceptor();
  }

  private static void shape(WiredNodes nodes, Map<Link, LinkState> states) {
    nodes.proxies.shape(states).toCompletableFuture().join();
  }

  @ParameterizedTest
  @MethodSource("carriers")
  void aCutLosesOneDirectionLetsTheOtherPassAndHealingClosesTheConnection(
      Carriage carriage, Link dialledAs, boolean diallerSends) throws IOException {
    try (WiredNodes nodes = new WiredNodes(carriage);
        Wire wire = nodes.dial(dialledAs)) {
      Socket from = sender(wire, diallerSends);
      Socket to = sender(wire, !diallerSends);
      pass(from, to, PATIENCE_MILLIS);
      pass(to, from, PATIENCE_MILLIS);

      shape(nodes, Map.of(THERE, LinkState.CUT));
      assertThatThrownBy(() -> pass(from, to, SILENCE_MILLIS))
          .isInstanceOf(SocketTimeoutException.class);
      pass(to, from, PATIENCE_MILLIS);
      pass(to, from, PATIENCE_MILLIS);

      shape(nodes, Map.of());
      to.setSoTimeout(PATIENCE_MILLIS);
      assertThat(to.getInputStream().read()).isEqualTo(-1);
      from.setSoTimeout(PATIENCE_MILLIS);
      assertThat(from.getInputStream().read()).isEqualTo(-1);
      try (Wire fresh = nodes.dial(dialledAs)) {
        pass(fresh.dialler(), fresh.acceptor(), PATIENCE_MILLIS);
        pass(fresh.acceptor(), fresh.dialler(), PATIENCE_MILLIS);
      }
    }
  }

  @Test
  void whereSendersDialACutLeavesTheWayBackOfTheOthersConnectionsAlone() throws IOException {
    try (WiredNodes nodes = new WiredNodes(Carriage.SENDER_DIALS);
        Wire wire = nodes.dial(BACK)) {
      shape(nodes, Map.of(THERE, LinkState.CUT));
      pass(wire.acceptor(), wire.dialler(), PATIENCE_MILLIS);
      pass(wire.dialler(), wire.acceptor(), PATIENCE_MILLIS);
    }
  }

  @ParameterizedTest
  @MethodSource("carriers")
  void latencyLiesOnOneDirectionOnly(Carriage carriage, Link dialledAs, boolean diallerSends)
      throws IOException {
    try (WiredNodes nodes = new WiredNodes(carriage);
        Wire wire = nodes.dial(dialledAs)) {
      shape(nodes, Map.of(THERE, LinkState.slow(Duration.ofMillis(400), Duration.ofMillis(10))));
      Socket from = sender(wire, diallerSends);
      Socket to = sender(wire, !diallerSends);
      assertThat(pass(from, to, PATIENCE_MILLIS)).isGreaterThanOrEqualTo(390_000_000L);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> pass(to, from, PATIENCE_MILLIS) < 390_000_000L);
      shape(nodes, Map.of());
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> pass(from, to, PATIENCE_MILLIS) < 390_000_000L);
    }
  }

  @ParameterizedTest
  @MethodSource("carriers")
  void stallsComeAndGo(Carriage carriage, Link dialledAs, boolean diallerSends) throws IOException {
    try (WiredNodes nodes = new WiredNodes(carriage);
        Wire wire = nodes.dial(dialledAs)) {
      shape(nodes, Map.of(THERE, LinkState.lossy(0.5, Duration.ofMillis(200), Duration.ZERO)));
      Socket from = sender(wire, diallerSends);
      Socket to = sender(wire, !diallerSends);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> pass(from, to, PATIENCE_MILLIS) >= 100_000_000L);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> pass(from, to, PATIENCE_MILLIS) < 100_000_000L);
    }
  }

  @ParameterizedTest
  @MethodSource("carriers")
  void resetsBreakTheConnectionThatCarriesMessages(
      Carriage carriage, Link dialledAs, boolean diallerSends) throws IOException {
    try (WiredNodes nodes = new WiredNodes(carriage);
        Wire wire = nodes.dial(dialledAs)) {
      shape(nodes, Map.of(THERE, LinkState.resetting(Duration.ofMillis(300))));
      Socket from = sender(wire, diallerSends);
      Socket to = sender(wire, !diallerSends);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> {
            try {
              pass(from, to, PATIENCE_MILLIS);
              return false;
            } catch (IOException e) {
              return true;
            }
          });
    }
  }

  @ParameterizedTest
  @MethodSource("carriers")
  void bandwidthAndSlicesHoldUpWhatIsLarge(Carriage carriage, Link dialledAs, boolean diallerSends)
      throws IOException {
    for (LinkState state :
        new LinkState[] {LinkState.narrow(20_000), LinkState.sliced(100, Duration.ofMillis(5))}) {
      try (WiredNodes nodes = new WiredNodes(carriage);
          Wire wire = nodes.dial(dialledAs)) {
        shape(nodes, Map.of(THERE, state));
        Socket from = sender(wire, diallerSends);
        Socket to = sender(wire, !diallerSends);
        byte[] message = new byte[10_000];
        long start = System.nanoTime();
        from.getOutputStream().write(message);
        to.setSoTimeout(PATIENCE_MILLIS);
        assertThat(to.getInputStream().readNBytes(message.length)).hasSize(message.length);
        // 10 kB at 20 kB/s; and at least 66 pieces, of 150 bytes at most, 5 ms each.
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(300_000_000L);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Carriage.class)
  void everyIllIsPutOnAndTakenOff(Carriage carriage) throws IOException {
    LinkState everything =
        LinkState.CUT
            .and(LinkState.slow(Duration.ofMillis(20), Duration.ofMillis(10)))
            .and(LinkState.lossy(0.3, Duration.ofMillis(200), Duration.ofSeconds(2)))
            .and(LinkState.narrow(50_000))
            .and(LinkState.sliced(64, Duration.ofMillis(1)));
    try (WiredNodes nodes = new WiredNodes(carriage)) {
      ToxiproxyClient client = new ToxiproxyClient(nodes.server.host(), nodes.server.port());
      shape(nodes, Map.of(THERE, everything));
      assertThat(client.getProxy("n1-to-n2").toxics().getAll())
          .extracting(toxic -> toxic.getName())
          .contains(
              "cut-upstream",
              "slow-upstream",
              "bandwidth-upstream",
              "slicer-upstream",
              "stall-upstream")
          .noneMatch(name -> name.endsWith("downstream"));
      assertThat(client.getProxy("n2-to-n1").toxics().getAll())
          .extracting(toxic -> toxic.getName())
          .noneMatch(name -> name.endsWith("upstream"))
          .hasSizeGreaterThanOrEqualTo(carriage == Carriage.EITHER_DIALS ? 5 : 0);
      shape(nodes, Map.of(THERE, LinkState.sliced(32, Duration.ofMillis(2)), BACK, everything));
      assertThat(client.getProxy("n1-to-n2").toxics().getAll())
          .extracting(toxic -> toxic.getName())
          .contains("slicer-upstream")
          .doesNotContain("cut-upstream");
      shape(nodes, Map.of());
      assertThat(client.getProxy("n1-to-n2").toxics().getAll()).isEmpty();
      assertThat(client.getProxy("n2-to-n1").toxics().getAll()).isEmpty();
    }
  }

  @Test
  void whoStartsOverLeavesTheOtherDirectionAlone() throws IOException {
    try (WiredNodes nodes = new WiredNodes(Carriage.EITHER_DIALS);
        Wire wire = nodes.dial(THERE)) {
      ToxiproxyClient client = new ToxiproxyClient(nodes.server.host(), nodes.server.port());
      LinkState slow = LinkState.slow(Duration.ofMillis(1), Duration.ZERO);
      shape(nodes, Map.of(THERE, slow, BACK, slow));
      client.getProxy("n1-to-n2").toxics().get("slow-upstream").remove();
      assertThatThrownBy(() -> shape(nodes, Map.of(BACK, slow))).hasMessageContaining("n1->n2");
      shape(nodes, Map.of(BACK, slow));
      assertThat(client.getProxy("n1-to-n2").toxics().getAll())
          .extracting(toxic -> toxic.getName())
          .containsExactly("slow-downstream");
      pass(wire.dialler(), wire.acceptor(), PATIENCE_MILLIS);
    }
  }
}
