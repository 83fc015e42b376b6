package dev.faultline.nemeses.proxy;

import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * One proxy for every directed link, driven through Toxiproxy's API.
 *
 * <p>Which bytes the links' messages are is for the {@link Carriage} to say. What the links suffer
 * is given as a whole, never as a change. Calls to the API are made by virtual threads, as many at
 * once as links change; one {@link #shape} runs after the other. Thread-safe.
 */
public final class LinkProxies implements AutoCloseable {

  private static final long CHANGED_WITHIN_SECONDS = 10;

  private final ToxiproxyClient client;
  private final ProxySite site;
  private final Carriage carriage;
  private final SplittableRandom seeds;
  private final Iterator<Integer> ports;
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("link-proxies-", 0).factory());

  // Guarded by this.
  private final Map<Link, LinkDriver> drivers = new LinkedHashMap<>();
  private final List<Proxy> proxies = new ArrayList<>();
  private CompletableFuture<?> last = CompletableFuture.completedFuture(0L);
  private boolean closed;

  /**
   * Creates a driver for the proxies of a server.
   *
   * @param site where the server and its proxies are reached
   * @param carriage on which connections the links' messages travel
   * @param seed where the random moments of stalls and resets come from
   */
  public LinkProxies(ProxySite site, Carriage carriage, long seed) {
    this.client = new ToxiproxyClient(site.apiHost(), site.apiPort());
    this.site = site;
    this.carriage = carriage;
    this.seeds = new SplittableRandom(seed);
    this.ports = site.ports().iterator();
  }

  /**
   * Creates a proxy for each link.
   *
   * @param upstreams the address at which each link's receiver listens, as the server reaches it; a
   *     host name that is not resolved is left for the server to look up
   * @return for each link, the address that its sender is to dial; unresolved if it is a name.
   *     Fails if a proxy of that name exists already, if a port is taken, or if there are fewer
   *     ports than links
   */
  public CompletionStage<Map<Link, InetSocketAddress>> create(
      Map<Link, InetSocketAddress> upstreams) {
    Map<Link, InetSocketAddress> copy = new LinkedHashMap<>(upstreams);
    return CompletableFuture.supplyAsync(() -> createAll(copy), workers);
  }

  private synchronized Map<Link, InetSocketAddress> createAll(
      Map<Link, InetSocketAddress> upstreams) {
    Map<Link, InetSocketAddress> dialled = new LinkedHashMap<>();
    upstreams.forEach((link, upstream) -> {
      try {
        Proxy proxy =
            client.createProxy(
                link.from() + "-to-" + link.to(),
                hostAndPort(site.listenHost(), nextPort()),
                hostAndPort(upstream.getHostString(), upstream.getPort()));
        proxies.add(proxy);
        driver(link).add(new StreamDriver(proxy, ToxicDirection.UPSTREAM));
        if (carriage == Carriage.EITHER_DIALS) {
          driver(link.reverse()).add(new StreamDriver(proxy, ToxicDirection.DOWNSTREAM));
        }
        String resolved = proxy.getListen();
        int port = Integer.parseInt(resolved.substring(resolved.lastIndexOf(':') + 1));
        dialled.put(link, address(site.dialHost(), port));
      } catch (IOException e) {
        throw new CompletionException(
            "link " + link + ": no proxy could be created: " + e.getMessage(), e);
      }
    });
    return dialled;
  }

  private LinkDriver driver(Link link) {
    return drivers.computeIfAbsent(link, l -> new LinkDriver(l.toString(), seeds.split()));
  }

  private int nextPort() throws IOException {
    if (site.ports().isEmpty()) {
      return 0;
    }
    if (!ports.hasNext()) {
      throw new IOException("all " + site.ports().size() + " ports are in use");
    }
    return ports.next();
  }

  private static String hostAndPort(String host, int port) {
    return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
  }

  private static InetSocketAddress address(String host, int port) {
    try {
      return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    } catch (IllegalArgumentException e) {
      return InetSocketAddress.createUnresolved(host, port);
    }
  }

  /**
   * Brings all links into the given states; those that are not named become healthy. Idempotent,
   * and cheap for links that are in their state already.
   *
   * @return the time between the first link's change and the last's, in nanoseconds; fails, after
   *     every link has been tried, if one could not be changed
   */
  public synchronized CompletionStage<Long> shape(Map<Link, LinkState> states) {
    if (closed) {
      return CompletableFuture.failedFuture(new IOException("the link proxies are closed"));
    }
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
      if (closed) {
        return CompletableFuture.failedFuture(new IOException("the link proxies are closed"));
      }
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

  /**
   * Deletes the proxies that were created here; what cannot be deleted is left to the server. A
   * change that is under way comes to its end first, for a driver is used by one thread at a time;
   * one that waits fails. Idempotent.
   */
  @Override
  public void close() {
    List<LinkDriver> links;
    List<Proxy> created;
    CompletableFuture<?> underWay;
    synchronized (this) {
      closed = true;
      underWay = last;
      links = List.copyOf(drivers.values());
      created = List.copyOf(proxies);
      drivers.clear();
      proxies.clear();
    }
    var _ =
        underWay
            .copy()
            .orTimeout(CHANGED_WITHIN_SECONDS, TimeUnit.SECONDS)
            .handle((_, _) -> 0)
            .join();
    links.forEach(LinkDriver::close);
    for (Proxy proxy : created) {
      try {
        proxy.delete();
      } catch (IOException e) {
        // The server is gone, and its proxies with it.
      }
    }
    workers.shutdown();
  }
}
