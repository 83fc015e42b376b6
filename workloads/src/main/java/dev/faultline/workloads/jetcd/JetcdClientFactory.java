package dev.faultline.workloads.jetcd;

import dev.faultline.workloads.client.Client;
import dev.faultline.workloads.client.ClientFactory;
import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.etcd.ErrorTable;
import dev.faultline.workloads.etcd.EtcdMapping;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens clients of a cluster that speaks the etcd v3 API.
 *
 * <p>All clients share a few event-loop threads and one thread on which connections are set up, so
 * that neither opening nor calling works on the caller's time. Safe for use by several threads.
 */
public final class JetcdClientFactory implements ClientFactory {

  /** The deadline of an operation unless another is given. */
  public static final Duration STANDARD_DEADLINE = Duration.ofSeconds(1);

  private final Map<String, InetSocketAddress> endpoints;
  private final Duration deadline;
  private final EtcdMapping mapping;
  private final EventLoopGroup eventLoops;
  private final ExecutorService opener;

  /**
   * Creates a factory for the nodes of a cluster.
   *
   * @param endpoints where each node, by name, listens for clients
   * @param deadline how long one operation may take, from invocation to outcome, connecting
   *     included
   */
  public JetcdClientFactory(Map<String, InetSocketAddress> endpoints, Duration deadline) {
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("deadline must be positive, not " + deadline);
    }
    this.endpoints = Map.copyOf(endpoints);
    this.deadline = deadline;
    this.mapping = new EtcdMapping(ErrorTable.etcd());
    int threads = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4);
    this.eventLoops =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("etcd-client", true), NioIoHandler.newFactory());
    this.opener =
        Executors.newSingleThreadExecutor(new DefaultThreadFactory("etcd-client-opener", true));
  }

  @Override
  public Set<Class<? extends Operation>> supports() {
    return mapping.supports();
  }

  @Override
  public CompletionStage<Client> open(String node) {
    @Nullable InetSocketAddress address = endpoints.get(node);
    if (address == null) {
      return CompletableFuture.failedFuture(
          new IllegalArgumentException(
              "no node is called " + node + "; there are " + new TreeSet<>(endpoints.keySet())));
    }
    return connect(address)
        .thenApply(
            connection -> new JetcdClient(mapping, () -> connect(address), deadline, connection));
  }

  /** Ends the shared threads. Close the clients first. */
  @Override
  public void close() {
    opener.shutdown();
    var _ = eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private CompletableFuture<NodeConnection> connect(InetSocketAddress address) {
    try {
      return CompletableFuture.supplyAsync(
          () -> new NodeConnection(channel(address), deadline), opener);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(new IllegalStateException("the factory is closed", e));
    }
  }

  private ManagedChannel channel(InetSocketAddress address) {
    int connectMillis = (int) Math.min(deadline.toMillis() + 1, Integer.MAX_VALUE);
    return NettyChannelBuilder.forAddress(address)
        .eventLoopGroup(eventLoops)
        .channelType(NioSocketChannel.class)
        .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis)
        .usePlaintext()
        // Transparent retries too: one operation is one attempt, whatever gRPC knows of the first.
        .disableRetry()
        // A proxy from the environment would stand between the client and its node.
        .proxyDetector(target -> null)
        // Outcomes are handed on at once, on the event loop; nothing there blocks.
        .directExecutor()
        .build();
  }
}
