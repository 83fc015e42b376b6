package dev.faultline.raft.server;

import static java.util.stream.Collectors.joining;

import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.MaintenanceGrpc;
import io.etcd.jetcd.api.StatusRequest;
import io.etcd.jetcd.api.StatusResponse;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Servers on this machine that form a cluster, each a process with a data directory of its own. */
final class ProcessCluster implements AutoCloseable {

  private static final long CALL_TIMEOUT_SECONDS = 5;

  private final Path dir;
  private final Map<String, Integer> peerPorts = new TreeMap<>();
  private final Map<String, Integer> clientPorts = new TreeMap<>();
  private final Map<String, ServerProcess> running = new TreeMap<>();
  private final Map<String, ManagedChannel> channels = new TreeMap<>();

  ProcessCluster(Path dir, int size) throws IOException {
    this.dir = dir;
    List<Integer> ports = freePorts(2 * size);
    for (int i = 0; i < size; i++) {
      peerPorts.put("n" + (i + 1), ports.get(2 * i));
      clientPorts.put("n" + (i + 1), ports.get(2 * i + 1));
    }
  }

  /** Returns ports that were free a moment ago; held together, so that they differ. */
  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  Set<String> nodes() {
    return peerPorts.keySet();
  }

  void startAll() throws IOException {
    for (String node : nodes()) {
      start(node);
    }
    for (String node : nodes()) {
      process(node).awaitReady();
    }
  }

  void start(String node) throws IOException {
    String members =
        peerPorts.entrySet().stream()
            .map(entry -> entry.getKey() + "=127.0.0.1:" + entry.getValue())
            .collect(joining(","));
    running.put(
        node,
        ServerProcess.start(
            List.of(
                "--name=" + node,
                "--data-dir=" + dir.resolve(node),
                "--listen-client=127.0.0.1:" + clientPorts.get(node),
                "--listen-peer=127.0.0.1:" + peerPorts.get(node),
                "--initial-cluster=" + members,
                "--exit-with-stdin")));
  }

  void kill(String node) {
    ManagedChannel channel = channels.remove(node);
    if (channel != null) {
      channel.shutdownNow();
    }
    process(node).kill();
    running.remove(node);
  }

  ServerProcess process(String node) {
    return Objects.requireNonNull(running.get(node), () -> node + " does not run");
  }

  String endpoint(String node) {
    return "127.0.0.1:" + clientPorts.get(node);
  }

  KVGrpc.KVBlockingStub kv(String node) {
    return KVGrpc.newBlockingStub(channel(node))
        .withDeadlineAfter(CALL_TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  /** Returns the node that all running nodes take for the leader, or the empty text. */
  String leader() {
    Set<String> leaders = new HashSet<>();
    Map<Long, String> byId = new TreeMap<>();
    Set<Long> ids = new HashSet<>();
    try {
      for (String node : running.keySet()) {
        StatusResponse status =
            MaintenanceGrpc.newBlockingStub(channel(node))
                .withDeadlineAfter(CALL_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .status(StatusRequest.getDefaultInstance());
        byId.put(status.getHeader().getMemberId(), node);
        ids.add(status.getLeader());
      }
    } catch (StatusRuntimeException notServing) {
      return "";
    }
    ids.forEach(id -> leaders.add(byId.getOrDefault(id, "")));
    return leaders.size() == 1 ? leaders.iterator().next() : "";
  }

  private ManagedChannel channel(String node) {
    return channels.computeIfAbsent(
        node, name -> NettyChannelBuilder.forTarget(endpoint(name)).usePlaintext().build());
  }

  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
    running.values().forEach(ServerProcess::close);
  }
}
