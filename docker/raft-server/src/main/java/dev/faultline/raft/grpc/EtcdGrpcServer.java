package dev.faultline.raft.grpc;

import dev.faultline.raft.etcd.EtcdService;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** A gRPC server that speaks etcd's v3 API. Thread-safe. */
public final class EtcdGrpcServer implements AutoCloseable {

  /** How much longer than etcd's limit a message may be, so that the limit's own error is seen. */
  private static final int OVERHEAD_BYTES = 512 * 1024;

  /** Clients may probe their connections as often as this without being turned out. */
  private static final long MIN_KEEPALIVE_MILLIS = 10;

  private static final long CLOSE_TIMEOUT_MILLIS = 1_000;

  private final Server server;
  private final InetSocketAddress address;

  private EtcdGrpcServer(Server server, InetSocketAddress address) {
    this.server = server;
    this.address = address;
  }

  /**
   * Starts to serve.
   *
   * @param listen where; port 0 takes a free port
   * @throws IOException if the address cannot be had; its cause is then a {@link
   *     java.net.BindException}
   */
  public static EtcdGrpcServer start(InetSocketAddress listen, EtcdService service)
      throws IOException {
    Server server =
        NettyServerBuilder.forAddress(listen)
            .directExecutor()
            .maxInboundMessageSize(EtcdService.MAX_REQUEST_BYTES + OVERHEAD_BYTES)
            .permitKeepAliveTime(MIN_KEEPALIVE_MILLIS, TimeUnit.MILLISECONDS)
            .permitKeepAliveWithoutCalls(true)
            .addService(new KvBinding(service))
            .addService(new MaintenanceBinding(service))
            .addService(new ClusterBinding(service))
            .build()
            .start();
    return new EtcdGrpcServer(server, new InetSocketAddress(listen.getAddress(), server.getPort()));
  }

  /** Returns where it listens. */
  public InetSocketAddress address() {
    return address;
  }

  /** Refuses new calls, gives those under way a moment, and ends. */
  @Override
  public void close() {
    server.shutdown();
    try {
      if (!server.awaitTermination(CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
