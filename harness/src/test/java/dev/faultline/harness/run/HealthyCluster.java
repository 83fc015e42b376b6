package dev.faultline.harness.run;

import dev.faultline.nemeses.Capability;
import dev.faultline.nemeses.Cluster;
import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import dev.faultline.nemeses.NodeCondition;
import dev.faultline.nemeses.NodeStatus;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Three nodes, led by n1, that do at once what they are told; tests switch off what they need. */
final class HealthyCluster implements Cluster {

  private final Map<String, NodeCondition> conditions = new HashMap<>();
  private Map<Link, LinkState> links = Map.of();

  /** The highest index that n3 applies, however much is committed. */
  long appliedByThird = Long.MAX_VALUE;

  /** Whether nodes tell how they stand. */
  boolean tellsStatus = true;

  /** Whether a killed node can be started again. */
  boolean startable = true;

  @Override
  public List<String> nodes() {
    return List.of("n1", "n2", "n3");
  }

  @Override
  public Set<Capability> capabilities() {
    EnumSet<Capability> lacking = EnumSet.of(Capability.PACKET_DROP, Capability.DISCONNECT);
    if (!tellsStatus) {
      lacking.add(Capability.LEADER);
    }
    return EnumSet.complementOf(lacking);
  }

  @Override
  public CompletionStage<Void> kill(String node) {
    conditions.put(node, NodeCondition.DOWN);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> start(String node) {
    if (!startable) {
      return CompletableFuture.failedFuture(new IOException("no process can be started"));
    }
    conditions.remove(node);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> pause(String node) {
    conditions.put(node, NodeCondition.PAUSED);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> resume(String node) {
    conditions.remove(node);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Long> shapeLinks(Map<Link, LinkState> states) {
    links = states;
    return CompletableFuture.completedFuture(0L);
  }

  @Override
  public CompletionStage<NodeCondition> condition(String node) {
    return CompletableFuture.completedFuture(now(node));
  }

  private NodeCondition now(String node) {
    return conditions.getOrDefault(node, NodeCondition.RUNNING);
  }

  @Override
  public CompletionStage<NodeStatus> status(String node) {
    if (!tellsStatus || now(node) != NodeCondition.RUNNING) {
      return CompletableFuture.failedFuture(new IOException(node + " does not answer"));
    }
    long applied = node.equals("n3") ? Math.min(10, appliedByThird) : 10;
    return CompletableFuture.completedFuture(new NodeStatus(node, "n1", 1, 10, applied));
  }

  @Override
  public CompletionStage<Long> probe(Link link, int payloadBytes) {
    boolean passes =
        now(link.to()) == NodeCondition.RUNNING
            && !links.getOrDefault(link, LinkState.HEALTHY).cut();
    return passes
        ? CompletableFuture.completedFuture(1_000L)
        : CompletableFuture.failedFuture(new IOException("no answer over " + link));
  }
}
