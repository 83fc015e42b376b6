package dev.faultline.raft.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.faultline.raft.core.Entry;
import dev.faultline.raft.core.Message;
import dev.faultline.raft.core.NodeId;
import dev.faultline.raft.core.Payload;
import dev.faultline.raft.core.ProposalId;
import dev.faultline.raft.metrics.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeerTransportTest {

  private static final long CLUSTER = 0xfa;
  private static final NodeId N1 = new NodeId("n1");
  private static final NodeId N2 = new NodeId("n2");
  private static final NodeId N3 = new NodeId("n3");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Impatient, so that tests of silence are short. */
  private static final TransportConfig.Timing TIMING =
      new TransportConfig.Timing(
          Duration.ofMillis(20),
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofMillis(20),
          Duration.ofSeconds(1));

  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private final Metrics metrics = new Metrics();
  private final Queue<Message> at2 = new ConcurrentLinkedQueue<>();
  private final Queue<Message> at3 = new ConcurrentLinkedQueue<>();
  private TestLink link12;
  private TestLink link13;
  private PeerTransport n1;
  private PeerTransport n2;

  @BeforeEach
  void start() throws IOException {
    link12 = opened(new TestLink());
    link13 = opened(new TestLink());
    var nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    n1 =
        opened(
            new PeerTransport(
                config(N1, Map.of(N2, link12.address(), N3, link13.address())),
                metrics,
                (from, message) -> {}));
    n2 =
        opened(
            new PeerTransport(
                config(N2, Map.of(N1, nowhere)),
                new Metrics(),
                (from, message) -> {
                  assertThat(from).isEqualTo(N1);
                  at2.add(message);
                }));
    PeerTransport n3 =
        opened(
            new PeerTransport(
                config(N3, Map.of(N1, nowhere)),
                new Metrics(),
                (from, message) -> at3.add(message)));
    link12.leadTo(n2.localAddress());
    link13.leadTo(n3.localAddress());
    List.of(n1, n2, n3).forEach(PeerTransport::start);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable resource : resources) {
      resource.close();
    }
  }

  @Test
  void deliversInOrder() {
    awaitTraffic();
    at2.clear();
    for (int round = 1; round <= 1000; round++) {
      n1.send(N2, heartbeat(round));
    }

    await().atMost(PATIENCE).until(() -> at2.contains(heartbeat(1000)));
    assertThat(
            at2.stream()
                .map(message -> ((Message.AppendRequest) message).round())
                .filter(round -> round <= 1000)) // What was sent before may come in still.
        .isSorted()
        .hasSizeGreaterThanOrEqualTo(1000);
  }

  @Test
  void measuresRoundTrips() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(metrics.render())
                .containsPattern(
                    "etcd_network_peer_round_trip_time_seconds_count\\{To=\"n2\"} [1-9]"));
  }

  @Test
  void aStalledLinkHoldsUpNeitherTheSenderNorTheOthers() {
    awaitTraffic();
    link12.stall();
    for (int i = 0; i < 200; i++) {
      n1.send(N2, append(1 << 20)); // Far more than sockets and queue hold.
    }
    at3.clear();
    n1.send(N3, heartbeat(7));

    await().atMost(PATIENCE).until(() -> at3.contains(heartbeat(7)));
    assertThat(metrics.render())
        .containsPattern("etcd_network_peer_sent_failures_total\\{To=\"n2\"} [1-9]");
  }

  @Test
  void carriesTrafficAgainWhenAStalledLinkIsHealed() {
    awaitTraffic();
    link12.stall();
    n1.send(N2, heartbeat(-2));
    link12.heal();

    awaitTraffic();
  }

  @Test
  void carriesTrafficAgainWhenACutLinkIsHealed() throws IOException {
    awaitTraffic();
    link12.cut();
    at2.clear();
    n1.send(N2, heartbeat(5));
    link12.heal();

    awaitTraffic();
  }

  @Test
  void givesUpAConnectionThatSwallowsEverything() {
    awaitTraffic();
    link12.swallow();

    awaitTraffic();
  }

  @Test
  void probesALinkEndToEnd() throws IOException {
    assertThat(PeerProbe.ping(link12.address(), 0, PATIENCE)).isPositive();
    assertThat(PeerProbe.ping(n2.localAddress(), 0, PATIENCE)).isPositive();
    assertThat(PeerProbe.ping(link12.address(), 3_000_000, PATIENCE)).isPositive();
  }

  @Test
  void aProbeFailsOnABrokenLink() throws IOException {
    Duration soon = Duration.ofMillis(100);
    link12.stall();
    assertThatThrownBy(() -> PeerProbe.ping(link12.address(), 0, soon))
        .isInstanceOf(SocketTimeoutException.class);
    link12.cut();
    assertThatThrownBy(() -> PeerProbe.ping(link12.address(), 0, PATIENCE))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aProbeFailsWhereNobodyListens() throws IOException {
    var gone = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    gone.close();

    assertThatThrownBy(
            () -> PeerProbe.ping((InetSocketAddress) gone.getLocalSocketAddress(), 0, PATIENCE))
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void aProbeFailsOnAProcessThatOnlyItsKernelAnswersFor() throws IOException {
    try (var paused = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var address = (InetSocketAddress) paused.getLocalSocketAddress();
      assertThatThrownBy(() -> PeerProbe.ping(address, 0, Duration.ofMillis(100)))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void refusesThoseWhoMeanSomeoneElse() throws IOException {
    byte version = Handshake.VERSION;
    var peer = Handshake.Purpose.PEER;

    assertThat(answer(new Handshake.Hello(version, peer, CLUSTER + 1, N1, N2)))
        .contains("this is cluster fa, not fb");
    assertThat(answer(new Handshake.Hello(version, peer, CLUSTER, N1, N3)))
        .contains("this is node n2, not n3");
    assertThat(answer(new Handshake.Hello(version, peer, CLUSTER, new NodeId("n9"), N2)))
        .contains("node n9 is no peer of n2");
    assertThat(answer(new Handshake.Hello((byte) 9, peer, CLUSTER, N1, N2)))
        .contains("version %d is spoken here, not 9".formatted(version));
    assertThat(answer(new Handshake.Hello(version, peer, CLUSTER, N1, N2))).isEqualTo("welcome");
  }

  @Test
  void closesConnectionsThatTalkGarbageAndGoesOn() throws IOException {
    var random = new Random(1);
    var noise = new byte[100];
    random.nextBytes(noise);
    byte[] hugeLength = ByteBuffer.allocate(8).putInt(Integer.MAX_VALUE).putInt(0).array();
    byte[] badChecksum = ByteBuffer.allocate(17).putInt(9).putInt(1).array();

    assertThat(sendRaw(noise, false)).isEqualTo(-1);
    assertThat(sendRaw(hugeLength, true)).isEqualTo(-1);
    assertThat(sendRaw(badChecksum, true)).isEqualTo(-1);
    awaitTraffic();
  }

  @Test
  void namesTheAddressThatIsTaken() {
    var taken = config(N3, n2.localAddress(), Map.of());

    assertThatThrownBy(() -> new PeerTransport(taken, new Metrics(), (from, message) -> {}))
        .isInstanceOf(BindException.class)
        .hasMessageContaining(":" + n2.localAddress().getPort());
  }

  @Test
  void aMessageThatCannotBeEncodedIsLostAndTheLinkGoesOn() {
    awaitTraffic();
    var unspeakable = new ProposalId(new NodeId("n".repeat(300)), 1, 1, 1);
    n1.send(N2, new Message.ForwardProposal(1, new Payload.Command(unspeakable, new byte[0])));

    awaitTraffic();
  }

  /** Sends until something arrives that was sent after this was called. */
  private void awaitTraffic() {
    at2.clear();
    var random = new Random();
    Message message = heartbeat(random.nextLong());
    await()
        .atMost(PATIENCE)
        .until(() -> {
          n1.send(N2, message);
          return at2.contains(message);
        });
  }

  private String answer(Handshake.Hello hello) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(n2.localAddress());
      hello.write(socket.getOutputStream());
      Handshake.readWelcome(socket.getInputStream());
      return "welcome";
    } catch (ProtocolException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Sends bytes and returns what can be read then: -1 if the connection is closed. */
  private int sendRaw(byte[] bytes, boolean afterHandshake) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(n2.localAddress());
      socket.setSoTimeout((int) PATIENCE.toMillis());
      OutputStream out = socket.getOutputStream();
      InputStream in = socket.getInputStream();
      if (afterHandshake) {
        new Handshake.Hello(Handshake.VERSION, Handshake.Purpose.PEER, CLUSTER, N1, N2).write(out);
        Handshake.readWelcome(in);
      }
      out.write(bytes);
      try {
        return in.read();
      } catch (SocketException e) {
        return -1; // Reset: closed with bytes unread.
      }
    }
  }

  private static TransportConfig config(NodeId self, Map<NodeId, InetSocketAddress> peers) {
    return config(self, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), peers);
  }

  private static TransportConfig config(
      NodeId self, InetSocketAddress listen, Map<NodeId, InetSocketAddress> peers) {
    return new TransportConfig(self, CLUSTER, listen, peers, TIMING);
  }

  private <T extends AutoCloseable> T opened(T resource) {
    resources.push(resource);
    return resource;
  }

  private static Message heartbeat(long round) {
    return new Message.AppendRequest(1, 0, 0, List.of(), 0, round);
  }

  private static Message append(int commandBytes) {
    var command = new Payload.Command(new ProposalId(N1, 1, 1, 1), new byte[commandBytes]);
    return new Message.AppendRequest(1, 0, 0, List.of(new Entry(1, 1, command)), 0, 1);
  }
}
