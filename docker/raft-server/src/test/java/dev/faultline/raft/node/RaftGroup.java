package dev.faultline.raft.node;

import dev.faultline.raft.core.NodeId;
import dev.faultline.raft.core.RaftConfig;
import dev.faultline.raft.core.RaftPolicy;
import dev.faultline.raft.core.Role;
import dev.faultline.raft.metrics.Metrics;
import dev.faultline.raft.transport.TestLink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A group of nodes in this process, with real disks and one link for each directed pair. */
final class RaftGroup implements AutoCloseable {

  private static final RaftConfig QUICK =
      new RaftConfig(
          Duration.ofMillis(40), Duration.ofMillis(300), 1 << 20, 256, Duration.ofSeconds(7));

  private record Pair(NodeId from, NodeId to) {}

  /** A running node and what belongs to it. */
  record Member(RaftServer<Integer> server, Journal journal, Metrics metrics) {}

  private final Path directory;
  private final List<NodeId> nodes = new ArrayList<>();
  private final Map<Pair, TestLink> links = new HashMap<>();
  private final Map<NodeId, Member> running = new TreeMap<>();
  private final List<String> fatalErrors = new CopyOnWriteArrayList<>();

  RaftGroup(Path directory, int size) throws IOException {
    this.directory = directory;
    for (int i = 1; i <= size; i++) {
      nodes.add(new NodeId("n" + i));
    }
    for (NodeId from : nodes) {
      for (NodeId to : nodes) {
        if (!from.equals(to)) {
          links.put(new Pair(from, to), new TestLink());
        }
      }
    }
    for (NodeId node : nodes) {
      start(node);
    }
  }

  List<NodeId> nodes() {
    return nodes;
  }

  List<String> fatalErrors() {
    return fatalErrors;
  }

  TestLink link(NodeId from, NodeId to) {
    TestLink link = links.get(new Pair(from, to));
    if (link == null) {
      throw new IllegalArgumentException("no link from " + from + " to " + to);
    }
    return link;
  }

  Member member(NodeId node) {
    Member member = running.get(node);
    if (member == null) {
      throw new IllegalStateException(node + " does not run");
    }
    return member;
  }

  List<Member> members() {
    return List.copyOf(running.values());
  }

  void start(NodeId node) throws IOException {
    Map<NodeId, InetSocketAddress> peers = new TreeMap<>();
    for (NodeId to : nodes) {
      if (!to.equals(node)) {
        peers.put(to, link(node, to).address());
      }
    }
    var config =
        new RaftServerConfig(
            node,
            1,
            directory.resolve(node.name()),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            peers,
            QUICK);
    var journal = new Journal();
    var metrics = new Metrics();
    RaftServer<Integer> server =
        RaftServer.start(
            config,
            new RaftPolicy(),
            journal,
            metrics,
            (message, cause) -> fatalErrors.add(node + ": " + message));
    for (NodeId from : nodes) {
      if (!from.equals(node)) {
        link(from, node).leadTo(server.peerAddress());
      }
    }
    running.put(node, new Member(server, journal, metrics));
  }

  void stop(NodeId node) throws IOException {
    member(node).server().close();
    running.remove(node);
  }

  /** Returns the leader of the highest term that a running node claims to be. */
  Optional<NodeId> leader() {
    return running.entrySet().stream()
        .filter(entry -> entry.getValue().server().status().role() == Role.LEADER)
        .max(Comparator.comparingLong(entry -> entry.getValue().server().status().term()))
        .map(Map.Entry::getKey);
  }

  @Override
  public void close() throws IOException {
    for (Member member : running.values()) {
      member.server().close();
    }
    for (TestLink link : links.values()) {
      link.close();
    }
  }
}
