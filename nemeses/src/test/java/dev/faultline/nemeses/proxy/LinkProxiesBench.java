package dev.faultline.nemeses.proxy;

import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Measures what a link's proxy adds to a round trip, against a direct connection, and how long it
 * takes to cut and heal the links of five nodes. Not a test; run {@link #main}.
 */
final class LinkProxiesBench {

  private static final int ROUND_TRIPS = 20_000;

  private LinkProxiesBench() {}

  /** Runs the benchmark and prints medians. */
  public static void main(String[] args) throws IOException {
    for (Carriage carriage : Carriage.values()) {
      System.out.println(carriage);
      measure(carriage);
    }
  }

  private static void measure(Carriage carriage) throws IOException {
    try (EchoServer echo = new EchoServer();
        ToxiproxyServer server = ToxiproxyServer.start(0);
        LinkProxies proxies = new LinkProxies(ProxySite.local(server), carriage, 1)) {
      Map<Link, InetSocketAddress> upstreams = new LinkedHashMap<>();
      for (int from = 1; from <= 5; from++) {
        for (int to = 1; to <= 5; to++) {
          if (from != to) {
            upstreams.put(new Link("n" + from, "n" + to), echo.socketAddress());
          }
        }
      }
      Map<Link, InetSocketAddress> listen = proxies.create(upstreams).toCompletableFuture().join();
      InetSocketAddress proxied = listen.values().iterator().next();
      for (int i = 0; i < 3; i++) {
        double direct = medianMicros(echo.socketAddress());
        double through = medianMicros(proxied);
        System.out.printf(
            "round trip p50: direct %.1f us, through a proxy %.1f us, ratio %.1f%n",
            direct, through, through / direct);
      }
      Map<Link, LinkState> cut = new LinkedHashMap<>();
      listen.keySet().forEach(link -> cut.put(link, LinkState.CUT));
      for (int i = 0; i < 10; i++) {
        long start = System.nanoTime();
        long skew = proxies.shape(cut).toCompletableFuture().join();
        long middle = System.nanoTime();
        proxies.shape(Map.of()).toCompletableFuture().join();
        System.out.printf(
            "20 links: cut in %.1f ms (skew %.1f ms), healed in %.1f ms%n",
            (middle - start) / 1e6, skew / 1e6, (System.nanoTime() - middle) / 1e6);
      }
    }
  }

  private static double medianMicros(InetSocketAddress address) throws IOException {
    long[] nanos = new long[ROUND_TRIPS];
    byte[] message = new byte[100];
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.connect(address);
      for (int i = 0; i < ROUND_TRIPS; i++) {
        long start = System.nanoTime();
        socket.getOutputStream().write(message);
        if (socket.getInputStream().readNBytes(message.length).length < message.length) {
          throw new IOException("closed");
        }
        nanos[i] = System.nanoTime() - start;
      }
    }
    Arrays.sort(nanos);
    return nanos[ROUND_TRIPS / 2] / 1e3;
  }
}
