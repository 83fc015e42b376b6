package dev.faultline.raft.server;

import dev.faultline.raft.core.NodeId;
import dev.faultline.raft.core.RaftConfig;
import dev.faultline.raft.core.RaftPolicy;
import dev.faultline.raft.etcd.ClusterView;
import dev.faultline.raft.etcd.CommandResult;
import dev.faultline.raft.etcd.EtcdService;
import dev.faultline.raft.etcd.KvStateMachine;
import dev.faultline.raft.grpc.EtcdGrpcServer;
import dev.faultline.raft.log.CorruptLogException;
import dev.faultline.raft.log.StorageException;
import dev.faultline.raft.metrics.Metrics;
import dev.faultline.raft.node.FatalErrorHandler;
import dev.faultline.raft.node.RaftServer;
import dev.faultline.raft.node.RaftServerConfig;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All parts of one server, wired together. Thread-safe. */
final class NodeServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeServer.class);

  private static final int MAX_BATCH_BYTES = 1 << 20;
  private static final int MAX_INFLIGHT_APPENDS = 256;

  /** etcd's: five seconds, and two elections that may come in between. */
  private static final Duration REQUEST_TIMEOUT_WITHOUT_ELECTIONS = Duration.ofSeconds(5);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final EtcdGrpcServer clients;

  private NodeServer(
      ServerConfig config, String deviation, RaftPolicy policy, FatalErrorHandler onFatal)
      throws StartException {
    Metrics metrics = new Metrics();
    if (!deviation.isEmpty()) {
      metrics.gauge(
          "faultline_deviation_active",
          "The known bug that this server shows on purpose.",
          Map.of("name", deviation),
          () -> 1);
    }
    KvStateMachine machine = new KvStateMachine();
    ClusterView cluster = clusterView(config);
    try {
      RaftServer<CommandResult> node =
          started(
              config.listenPeer(),
              () ->
                  RaftServer.start(raftConfig(config, cluster), policy, machine, metrics, onFatal));
      EtcdService service = new EtcdService(node, machine, cluster);
      clients =
          started(
              config.listenClient(),
              () -> EtcdGrpcServer.start(config.listenClient().toSocketAddress(), service));
      HostPort listenMetrics = config.listenMetrics();
      if (listenMetrics != null) {
        started(
            listenMetrics,
            () ->
                HealthServer.start(
                    listenMetrics.toSocketAddress(), node::status, metrics::render, deviation));
      }
    } catch (StartException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Starts a server.
   *
   * @param deviation the name of the known bug that {@code policy} has, or the empty text
   * @throws StartException if something around it prevents that; nothing is left running
   */
  static NodeServer start(
      ServerConfig config, String deviation, RaftPolicy policy, FatalErrorHandler onFatal)
      throws StartException {
    return new NodeServer(config, deviation, policy, onFatal);
  }

  /** Returns where clients are served. */
  InetSocketAddress clientAddress() {
    return clients.address();
  }

  /** Stops all parts, the last started first. Idempotent. */
  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.warn("a part of the server did not close", e);
      }
    }
  }

  private interface Start<T> {
    T run() throws IOException;
  }

  private <T extends AutoCloseable> T started(HostPort listen, Start<T> start)
      throws StartException {
    try {
      T part = start.run();
      parts.push(part);
      return part;
    } catch (CorruptLogException e) {
      throw new StartException(String.valueOf(e.getMessage()), ExitCode.CORRUPT_LOG, e);
    } catch (StorageException e) {
      throw new StartException(String.valueOf(e.getMessage()), ExitCode.CANNOT_START, e);
    } catch (IOException e) {
      throw new StartException(describe(listen, e), ExitCode.CANNOT_START, e);
    }
  }

  private static String describe(HostPort listen, IOException e) {
    Throwable root = e;
    while (root.getCause() != null && !(root instanceof BindException)) {
      root = root.getCause();
    }
    String message = String.valueOf(root.getMessage());
    return root instanceof BindException && message.contains("in use")
        ? "address already in use: " + listen
        : "cannot start on " + listen + ": " + message;
  }

  private static RaftServerConfig raftConfig(ServerConfig config, ClusterView cluster) {
    Map<NodeId, InetSocketAddress> peers = new HashMap<>();
    config.members().forEach((id, address) -> peers.put(id, address.toSocketAddress()));
    peers.remove(config.self());
    return new RaftServerConfig(
        config.self(),
        cluster.clusterId(),
        config.dataDir(),
        config.listenPeer().toSocketAddress(),
        peers,
        new RaftConfig(
            config.heartbeat(),
            config.electionTimeout(),
            MAX_BATCH_BYTES,
            MAX_INFLIGHT_APPENDS,
            REQUEST_TIMEOUT_WITHOUT_ELECTIONS.plus(config.electionTimeout().multipliedBy(2))));
  }

  private static ClusterView clusterView(ServerConfig config) {
    Map<NodeId, HostPort> clientAddresses = new HashMap<>(config.clientAddresses());
    clientAddresses.putIfAbsent(config.self(), config.listenClient());
    TreeMap<NodeId, ClusterView.Addresses> members = new TreeMap<>();
    config
        .members()
        .forEach((id, peer) -> {
          HostPort client = clientAddresses.get(id);
          members.put(
              id,
              new ClusterView.Addresses(
                  List.of(url(peer)), client == null ? List.of() : List.of(url(client))));
        });
    return new ClusterView(config.self(), config.clusterToken(), members);
  }

  private static String url(HostPort address) {
    return "http://" + address;
  }
}
