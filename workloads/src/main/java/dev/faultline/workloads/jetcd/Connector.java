package dev.faultline.workloads.jetcd;

import com.google.common.util.concurrent.MoreExecutors;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Sets up jetcd clients, off the caller's thread, and holds what they share. Safe for use by
 * several threads.
 */
final class Connector {

  private final Duration deadline;
  private final Vertx vertx;
  private final ExecutorService opener;
  private final ExecutorService caller;

  /**
   * Creates a connector.
   *
   * @param deadline what a call has from its beginning to its end, connecting included
   */
  Connector(Duration deadline) {
    this.deadline = deadline;
    this.vertx = Vertx.vertx(small());
    this.opener =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("etcd-client-opener").factory());
    int callers = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4);
    this.caller =
        Executors.newFixedThreadPool(
            callers, Thread.ofPlatform().daemon().name("etcd-client-caller-", 0).factory());
  }

  /** Sets up a client of the node at {@code address}, which connects with its first operation. */
  CompletableFuture<NodeConnection> connect(InetSocketAddress address) {
    try {
      return CompletableFuture.supplyAsync(
          () -> new NodeConnection(builder(address).build(), caller, deadline), opener);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(new IllegalStateException("the factory is closed", e));
    }
  }

  /** Ends the shared threads. */
  void close() {
    opener.shutdown();
    caller.shutdown();
    var _ = vertx.close();
  }

  private ClientBuilder builder(InetSocketAddress address) {
    long connectMillis = Math.min(deadline.toMillis() + 1, Integer.MAX_VALUE);
    return Client.builder()
        .target(target(address))
        .vertx(new VertxView(vertx))
        // Calls are made on threads of ours already; without an executor, each client starts some.
        .executorService(MoreExecutors.newDirectExecutorService())
        .interceptor(new OneAttempt())
        .retryMaxAttempts(0)
        // A call that finds the node down fails, instead of waiting for it to come back.
        .waitForReady(false)
        // Idle until the next call when a connection broke; round robin would retry and pause.
        .loadBalancerPolicy("pick_first")
        .connectTimeout(Duration.ofMillis(connectMillis))
        // Servers shut out clients that send pings while no call is under way.
        .keepaliveTime(null)
        .keepaliveTimeout(null)
        .keepaliveWithoutCalls(false);
  }

  /**
   * Returns what {@link ClientBuilder#endpoints} would make of the address, were it not for IPv6.
   */
  private static String target(InetSocketAddress address) {
    String host =
        address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress();
    String literal = host.contains(":") ? "[" + host + "]" : host;
    try {
      return new URI("ip", "", "/" + literal + ":" + address.getPort(), null, null).toString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not the address of a node: " + address, e);
    }
  }

  private static VertxOptions small() {
    return new VertxOptions()
        .setEventLoopPoolSize(1)
        .setWorkerPoolSize(1)
        .setInternalBlockingPoolSize(1)
        .setUseDaemonThread(true)
        // It has nothing to watch over, and would complain of a machine that pauses.
        .setBlockedThreadCheckInterval(1)
        .setBlockedThreadCheckIntervalUnit(TimeUnit.DAYS)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }
}
