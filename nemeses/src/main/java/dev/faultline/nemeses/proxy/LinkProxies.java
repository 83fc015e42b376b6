package dev.faultline.nemeses.proxy;

import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One proxy for every directed link, driven through Toxiproxy's API.
 *
 * <p>A link carries only the messages that {@code from} sends on connections that it dialled; that
 * presumes a system whose nodes send over connections of their own. What the links suffer is given
 * as a whole, never as a change. Calls to the API are made by virtual threads, as many at once as
 * links change; one {@link #shape} runs after the other. Thread-safe.
 */
public final class LinkProxies implements AutoCloseable {

  private final ToxiproxyClient client;
  private final String listenHost;
  private final SplittableRandom seeds;
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("link-proxies-", 0).factory());

  // Guarded by this.
  private final Map<Link, LinkDriver> drivers = new LinkedHashMap<>();
  private CompletableFuture<?> last = CompletableFuture.completedFuture(0L);

  /**
   * Creates a driver for the proxies of a server.
   *
   * @param apiHost where the server's API listens
   * @param apiPort the API's port
   * @param listenHost the address on which its proxies are to listen, usually {@code 127.0.0.1}
   * @param seed where the random moments of stalls and resets come from
   */
  public LinkProxies(String apiHost, int apiPort, String listenHost, long seed) {
    this.client = new ToxiproxyClient(apiHost, apiPort);
    this.listenHost = listenHost;
    this.seeds = new SplittableRandom(seed);
  }

  /**
   * Creates a proxy for each link, listening on a free port.
   *
   * @param upstreams the address at which each link's receiver listens
   * @return for each link, the address that its sender is to dial
   */
  public CompletionStage<Map<Link, InetSocketAddress>> create(
      Map<Link, InetSocketAddress> upstreams) {
    Map<Link, InetSocketAddress> copy = new LinkedHashMap<>(upstreams);
    return CompletableFuture.supplyAsync(() -> createAll(copy), workers);
  }

  private synchronized Map<Link, InetSocketAddress> createAll(
      Map<Link, InetSocketAddress> upstreams) {
    Map<Link, InetSocketAddress> listen = new LinkedHashMap<>();
    upstreams.forEach((link, upstream) -> {
      String name = link.from() + "-to-" + link.to();
      try {
        Proxy proxy =
            client.createProxy(
                name, listenHost + ":0", upstream.getHostString() + ":" + upstream.getPort());
        drivers.put(link, new LinkDriver(name, proxy, seeds.split()));
        String resolved = proxy.getListen();
        int port = Integer.parseInt(resolved.substring(resolved.lastIndexOf(':') + 1));
        listen.put(link, new InetSocketAddress(listenHost, port));
      } catch (IOException e) {
        throw new CompletionException(
            "link " + link + ": no proxy could be created: " + e.getMessage(), e);
      }
    });
    return listen;
  }

  /**
   * Brings all links into the given states; those that are not named become healthy. Idempotent,
   * and cheap for links that are in their state already.
   *
   * @return the time between the first link's change and the last's, in nanoseconds; fails, after
   *     every link has been tried, if one could not be changed
   */
  public synchronized CompletionStage<Long> shape(Map<Link, LinkState> states) {
    for (Link link : states.keySet()) {
      if (!drivers.containsKey(link)) {
        return CompletableFuture.failedFuture(
            new IllegalArgumentException("link " + link + " has no proxy"));
      }
    }
    Map<Link, LinkState> wanted = new LinkedHashMap<>();
    drivers
        .keySet()
        .forEach(link -> wanted.put(link, states.getOrDefault(link, LinkState.HEALTHY)));
    CompletableFuture<Long> shaped =
        last.handle((_, _) -> wanted).thenComposeAsync(this::shapeNow, workers);
    last = shaped;
    return shaped.minimalCompletionStage();
  }

  private CompletableFuture<Long> shapeNow(Map<Link, LinkState> wanted) {
    Map<Link, LinkDriver> all;
    synchronized (this) {
      all = new LinkedHashMap<>(drivers);
    }
    List<CompletableFuture<Long>> changes = new ArrayList<>();
    wanted.forEach((link, state) -> {
      LinkDriver driver = all.get(link);
      if (driver != null && driver.differs(state)) {
        changes.add(CompletableFuture.supplyAsync(() -> change(link, driver, state), workers));
      }
    });
    return CompletableFuture.allOf(changes.toArray(CompletableFuture<?>[]::new))
        .thenApply(_ -> skew(changes.stream().map(CompletableFuture::join).toList()));
  }

  private static long change(Link link, LinkDriver driver, LinkState state) {
    try {
      driver.apply(state);
      return System.nanoTime();
    } catch (IOException e) {
      throw new CompletionException("link " + link + ": " + e.getMessage(), e);
    }
  }

  private static long skew(List<Long> timesNanos) {
    if (timesNanos.isEmpty()) {
      return 0;
    }
    long origin = timesNanos.getFirst();
    long first = 0;
    long latest = 0;
    for (long time : timesNanos) {
      first = Math.min(first, time - origin);
      latest = Math.max(latest, time - origin);
    }
    return latest - first;
  }

  /** Deletes the proxies that were created here; what cannot be deleted is left to the server. */
  @Override
  public void close() {
    List<LinkDriver> all;
    synchronized (this) {
      all = List.copyOf(drivers.values());
      drivers.clear();
    }
    for (LinkDriver driver : all) {
      driver.close();
      try {
        driver.delete();
      } catch (IOException e) {
        // The server is gone, and its proxies with it.
      }
    }
    workers.shutdown();
  }
}
