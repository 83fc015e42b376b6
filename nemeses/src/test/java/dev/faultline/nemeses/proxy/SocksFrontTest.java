package dev.faultline.nemeses.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SocksFrontTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int PATIENCE_MILLIS = 10_000;

  private ServerSocket peer;
  private SocksFront front;
  private final List<Destination> asked = new CopyOnWriteArrayList<>();
  private final Map<String, InetSocketAddress> routes = new ConcurrentHashMap<>();

  @BeforeEach
  void start() throws IOException {
    peer = new ServerSocket(0, 50, LOOPBACK);
    routes.put("n2.test", (InetSocketAddress) peer.getLocalSocketAddress());
    front =
        SocksFront.start(
            new InetSocketAddress(LOOPBACK, 0),
            destination -> {
              asked.add(destination);
              return Optional.ofNullable(routes.get(destination.host()));
            });
  }

  @AfterEach
  void stop() throws IOException {
    front.close();
    peer.close();
  }

  private Socket dial(String name) throws IOException {
    Socket socket = new Socket(new Proxy(Proxy.Type.SOCKS, front.address()));
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(InetSocketAddress.createUnresolved(name, 2380), PATIENCE_MILLIS);
    return socket;
  }

  private Socket accept() throws IOException {
    peer.setSoTimeout(PATIENCE_MILLIS);
    Socket socket = peer.accept();
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private Socket raw() throws IOException {
    Socket socket = new Socket(LOOPBACK, front.address().getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private void awaitQuiet() {
    await().atMost(Duration.ofSeconds(20)).until(() -> !front.busy());
  }

  @Test
  void aNameThatNeedNotExistLeadsToItsPeer() throws IOException {
    try (Socket dialler = dial("n2.test");
        Socket acceptor = accept()) {
      assertThat(asked).containsExactly(new Destination("n2.test", 2380));
      dialler.getOutputStream().write("ping".getBytes(StandardCharsets.US_ASCII));
      assertThat(acceptor.getInputStream().readNBytes(4)).asString().isEqualTo("ping");
      acceptor.getOutputStream().write("pong".getBytes(StandardCharsets.US_ASCII));
      assertThat(dialler.getInputStream().readNBytes(4)).asString().isEqualTo("pong");
    }
    awaitQuiet();
  }

  @Test
  void aHalfCloseIsPassedOnAndTheOtherHalfStaysOpen() throws IOException {
    try (Socket dialler = dial("n2.test");
        Socket acceptor = accept()) {
      dialler.getOutputStream().write('a');
      dialler.shutdownOutput();
      assertThat(acceptor.getInputStream().readAllBytes()).asString().isEqualTo("a");
      acceptor.getOutputStream().write('b');
      acceptor.shutdownOutput();
      assertThat(dialler.getInputStream().readAllBytes()).asString().isEqualTo("b");
      awaitQuiet();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aResetIsPassedOnAsAReset(boolean byDialler) throws IOException {
    try (Socket dialler = dial("n2.test");
        Socket acceptor = accept()) {
      Socket breaker = byDialler ? dialler : acceptor;
      Socket victim = byDialler ? acceptor : dialler;
      breaker.setSoLinger(true, 0);
      breaker.close();
      assertThatThrownBy(() -> victim.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
    awaitQuiet();
  }

  @Test
  void muchDataPassesInBothDirectionsAtOnce() throws Exception {
    byte[] data = new byte[3_000_000];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (i * 31 + (i >> 11));
    }
    try (Socket dialler = dial("n2.test");
        Socket acceptor = accept();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<byte[]> there = threads.submit(() -> acceptor.getInputStream().readAllBytes());
      Future<byte[]> back = threads.submit(() -> dialler.getInputStream().readAllBytes());
      List<Future<?>> writers = new ArrayList<>();
      for (Socket socket : List.of(dialler, acceptor)) {
        writers.add(
            threads.submit(() -> {
              socket.getOutputStream().write(data);
              socket.shutdownOutput();
              return socket;
            }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      assertThat(there.get()).isEqualTo(data);
      assertThat(back.get()).isEqualTo(data);
    }
    awaitQuiet();
  }

  /** Greeting and request in hexadecimal, and the answer to both. */
  @ParameterizedTest
  @CsvSource({
    // no route
    "050100 0501000307 6e392e74657374 094c, 0500 05020001000000000000",
    // BIND and UDP ASSOCIATE
    "050100 0502000307 6e322e74657374 094c, 0500 05070001000000000000",
    "050100 0503000307 6e322e74657374 094c, 0500 05070001000000000000",
    // an address type that does not exist
    "050100 05010009, 0500 05080001000000000000",
    // user name and password only
    "050102, 05ff"
  })
  void whatIsNotOfferedIsRefusedWithItsCode(String sent, String answer) throws IOException {
    try (Socket socket = raw()) {
      socket.getOutputStream().write(bytes(sent));
      assertThat(socket.getInputStream().readAllBytes()).isEqualTo(bytes(answer));
    }
    awaitQuiet();
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  @Test
  void literalAddressesAreAskedForAsTheyAre() throws IOException {
    InetSocketAddress there = (InetSocketAddress) peer.getLocalSocketAddress();
    routes.put("10.1.2.3", there);
    routes.put("2001:db8:0:0:0:0:0:7", there);
    for (String request :
        List.of(
            "050100 05010001 0a010203 094c",
            "050100 05010004 20010db8" + "0".repeat(22) + "07094c")) {
      try (Socket socket = raw()) {
        socket.getOutputStream().write(bytes(request));
        InputStream in = socket.getInputStream();
        assertThat(in.readNBytes(6)).isEqualTo(bytes("0500 05000001"));
        in.readNBytes(6); // where the front's own connection begins
        try (Socket acceptor = accept()) {
          acceptor.getOutputStream().write('!');
          assertThat(in.read()).isEqualTo('!');
        }
      }
    }
    assertThat(asked)
        .containsExactly(
            new Destination("10.1.2.3", 2380), new Destination("2001:db8:0:0:0:0:0:7", 2380));
  }

  @Test
  void aPeerThatRefusesIsToldAsSuch() throws IOException {
    peer.close();
    assertThatThrownBy(() -> dial("n2.test")).hasMessageContaining("refused");
    awaitQuiet();
  }

  @Test
  void everyFailureHasItsCode() {
    assertThat(SocksHandshake.Reply.to(new ConnectException("Connection refused")).code())
        .isEqualTo(5);
    assertThat(SocksHandshake.Reply.to(new ConnectException("Connection timed out")).code())
        .isEqualTo(4);
    assertThat(SocksHandshake.Reply.to(new NoRouteToHostException("No route to host")).code())
        .isEqualTo(4);
    assertThat(SocksHandshake.Reply.to(new UnknownHostException("n2")).code()).isEqualTo(4);
    assertThat(SocksHandshake.Reply.to(new SocketTimeoutException("Connect timed out")).code())
        .isEqualTo(4);
    assertThat(SocksHandshake.Reply.to(new SocketException("Network is unreachable")).code())
        .isEqualTo(3);
    assertThat(SocksHandshake.Reply.to(new SocketException("Too many open files")).code())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "474554202f20485454502f312e310d0a0d0a", // GET / HTTP/1.1
        "04010050 7f000001 00", // SOCKS4
        "050100 04010001", // another version in the request
        "16030100a5010000a10303" // TLS
      })
  void garbageClosesTheConnection(String sent) throws IOException {
    try (Socket socket = raw()) {
      socket.getOutputStream().write(bytes(sent));
      assertThat(endOf(socket)).isLessThanOrEqualTo(2);
    }
    assertThat(asked).isEmpty();
    awaitQuiet();
  }

  /** Reads until the connection ends, by a close or by a reset, and counts the bytes. */
  private static int endOf(Socket socket) throws IOException {
    int count = 0;
    try {
      while (socket.getInputStream().read() >= 0) {
        count++;
      }
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (SocketException e) {
      // Closed with bytes unread, which the kernel tells by a reset.
    }
    return count;
  }

  @Test
  void aClientThatLeavesInTheMiddleLeavesNothingBehind() throws IOException {
    String request = "050100 0501000307 6e322e74657374 094c".replace(" ", "");
    for (int length = 0; length < request.length() / 2; length++) {
      try (Socket socket = raw()) {
        socket.getOutputStream().write(bytes(request.substring(0, 2 * length)));
      }
    }
    awaitQuiet();
  }

  @Test
  void closingEndsEverything() throws IOException {
    try (Socket dialler = dial("n2.test");
        Socket acceptor = accept();
        Socket silent = raw()) {
      await().atMost(Duration.ofSeconds(20)).until(front::busy);
      front.close();
      assertThat(front.busy()).isFalse();
      assertThat(endOf(dialler)).isZero();
      assertThat(endOf(acceptor)).isZero();
      assertThat(endOf(silent)).isZero();
      assertThatThrownBy(this::raw).isInstanceOf(ConnectException.class);
      front.close();
    }
  }
}
