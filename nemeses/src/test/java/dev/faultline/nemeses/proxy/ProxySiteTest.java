package dev.faultline.nemeses.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.nemeses.Link;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ProxySiteTest {

  private static final Link THERE = new Link("n1", "n2");
  private static final Link BACK = new Link("n2", "n1");

  private static ProxySite site(
      ToxiproxyServer server, String listen, String dial, List<Integer> ports) {
    return new ProxySite(server.host(), server.port(), listen, dial, ports);
  }

  private static InetSocketAddress created(LinkProxies proxies, EchoServer echo, Link link) {
    return Objects.requireNonNull(
        proxies.create(both(echo.socketAddress())).toCompletableFuture().join().get(link));
  }

  private static Map<Link, InetSocketAddress> both(InetSocketAddress upstream) {
    Map<Link, InetSocketAddress> upstreams = new LinkedHashMap<>();
    upstreams.put(THERE, upstream);
    upstreams.put(BACK, upstream);
    return upstreams;
  }

  @Test
  void proxiesListenOnAllAddressesAndAreDialledAtOne() throws IOException {
    try (EchoServer echo = new EchoServer();
        ToxiproxyServer server = ToxiproxyServer.start(0);
        LinkProxies proxies =
            new LinkProxies(
                site(server, "0.0.0.0", "127.0.0.2", List.of()), Carriage.EITHER_DIALS, 1)) {
      InetSocketAddress address = created(proxies, echo, THERE);
      assertThat(address.getHostString()).isEqualTo("127.0.0.2");
      try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
        socket.getOutputStream().write('x');
        assertThat(socket.getInputStream().read()).isEqualTo('x');
      }
      assertThat(server.host()).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void aNameToDialIsNotLookedUp() throws IOException {
    try (EchoServer echo = new EchoServer();
        ToxiproxyServer server = ToxiproxyServer.start(0);
        LinkProxies proxies =
            new LinkProxies(
                site(server, "127.0.0.1", "toxiproxy", List.of()), Carriage.SENDER_DIALS, 1)) {
      InetSocketAddress address = created(proxies, echo, BACK);
      assertThat(address.isUnresolved()).isTrue();
      assertThat(address.getHostString()).isEqualTo("toxiproxy");
    }
  }

  @Test
  void portsAreTakenInTurnAndTooFewAreAnError() throws IOException {
    int first = freePort();
    try (EchoServer echo = new EchoServer();
        ToxiproxyServer server = ToxiproxyServer.start(0);
        LinkProxies proxies =
            new LinkProxies(
                site(server, "127.0.0.1", "127.0.0.1", List.of(first)), Carriage.SENDER_DIALS, 1)) {
      assertThat(
              proxies
                  .create(Map.of(THERE, echo.socketAddress()))
                  .toCompletableFuture()
                  .join()
                  .get(THERE))
          .isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), first));
      assertThatThrownBy(
              () -> proxies.create(Map.of(BACK, echo.socketAddress())).toCompletableFuture().join())
          .hasMessageContaining("n2->n1")
          .hasMessageContaining("all 1 ports are in use");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
