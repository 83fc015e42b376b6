package dev.faultline.harness.nemesis;

import dev.faultline.harness.loop.Scheduler;
import dev.faultline.nemeses.Capability;
import dev.faultline.nemeses.Cluster;
import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import dev.faultline.nemeses.NodeCondition;
import dev.faultline.nemeses.NodeStatus;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * A cluster in virtual time that does what it is told, unless it is told to fail, to hang or to
 * lie. Acts take a millisecond; a probe over a cut link gets no answer, and every third over a link
 * that is reset fails.
 */
final class FakeCluster implements Cluster {

  private static final long ACT_NANOS = 1_000_000;

  private final Scheduler loop;
  private final List<String> nodes;
  final Map<String, NodeCondition> conditions = new HashMap<>();
  final List<String> acts = new ArrayList<>();
  final Map<String, NodeStatus> statuses = new HashMap<>();
  Map<Link, LinkState> links = Map.of();
  final Set<String> unplugged = new HashSet<>();
  private int probes;

  /** Whether the answer to a probe comes back on the link in the other direction. */
  boolean answersTravelOnLinks;

  /** How long a node that was started answers nothing. */
  Duration boot = Duration.ZERO;

  /** Whether a node that is still starting refuses connections, as its kernel would. */
  boolean refusesWhileItBoots;

  final Set<Capability> capabilities = EnumSet.allOf(Capability.class);
  private final Map<Link, Integer> openProbes = new HashMap<>();

  /** How many probes of one link were under way at once, at most. */
  int mostOpenProbes;

  private final Map<String, Long> bootedNanos = new HashMap<>();

  /** Acts of these names complete exceptionally, are never answered, or do nothing. */
  final Set<String> failing = new HashSet<>();

  final Set<String> hanging = new HashSet<>();
  final Set<String> pretending = new HashSet<>();

  FakeCluster(Scheduler loop, int nodes) {
    this.loop = loop;
    this.nodes = IntStream.rangeClosed(1, nodes).mapToObj(i -> "n" + i).toList();
    this.nodes.forEach(node -> conditions.put(node, NodeCondition.RUNNING));
  }

  void lead(String node, long term) {
    statuses.put(node, new NodeStatus(node, node, term, 0, 0));
  }

  NodeCondition conditionNow(String node) {
    return conditions.getOrDefault(node, NodeCondition.DOWN);
  }

  @Override
  public List<String> nodes() {
    return nodes;
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  private CompletionStage<Void> act(String name, String node, NodeCondition becomes) {
    acts.add(name + " " + node);
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (failing.contains(name)) {
      done.completeExceptionally(new IllegalStateException("no permission"));
    } else if (!hanging.contains(name)) {
      loop.after(
          ACT_NANOS,
          () -> {
            if (!pretending.contains(name)) {
              conditions.put(node, becomes);
            }
            done.complete(null);
          });
    }
    return done;
  }

  @Override
  public CompletionStage<Void> kill(String node) {
    return act("kill", node, NodeCondition.DOWN);
  }

  @Override
  public CompletionStage<Void> start(String node) {
    bootedNanos.put(node, loop.nowNanos() + boot.toNanos());
    return act("start", node, NodeCondition.RUNNING);
  }

  @Override
  public CompletionStage<Void> pause(String node) {
    return act("pause", node, NodeCondition.PAUSED);
  }

  @Override
  public CompletionStage<Void> resume(String node) {
    return act(
        "resume",
        node,
        conditionNow(node) == NodeCondition.PAUSED ? NodeCondition.RUNNING : conditionNow(node));
  }

  @Override
  public CompletionStage<Long> shapeLinks(Map<Link, LinkState> states) {
    acts.add("shape " + states.size());
    if (failing.contains("shape")) {
      return CompletableFuture.failedFuture(new IllegalStateException("proxy gone"));
    }
    CompletableFuture<Long> done = new CompletableFuture<>();
    if (!hanging.contains("shape")) {
      loop.after(
          ACT_NANOS,
          () -> {
            if (!pretending.contains("shape")) {
              links = Map.copyOf(states);
            }
            done.complete(5_000L);
          });
    }
    return done;
  }

  @Override
  public CompletionStage<NodeCondition> condition(String node) {
    return hanging.contains("condition")
        ? new CompletableFuture<>()
        : CompletableFuture.completedFuture(conditionNow(node));
  }

  @Override
  public CompletionStage<NodeStatus> status(String node) {
    NodeStatus status = statuses.getOrDefault(node, new NodeStatus(node, null, 0, 0, 0));
    if (failing.contains("status")) {
      return CompletableFuture.failedFuture(new UnsupportedOperationException("no status"));
    }
    if (conditionNow(node) == NodeCondition.PAUSED || unplugged.contains(node)) {
      return new CompletableFuture<>();
    }
    return !answers(node)
        ? CompletableFuture.failedFuture(new IllegalStateException("refused"))
        : CompletableFuture.completedFuture(status);
  }

  @Override
  public Set<Link> probePath(Link link) {
    return answersTravelOnLinks ? Set.of(link, link.reverse()) : Set.of(link);
  }

  @Override
  public CompletionStage<Void> unplug(String node) {
    return replug("unplug", node, () -> unplugged.add(node));
  }

  @Override
  public CompletionStage<Void> plugIn(String node) {
    return replug("plug in", node, () -> unplugged.remove(node));
  }

  private CompletionStage<Void> replug(String name, String node, Runnable change) {
    acts.add(name + " " + node);
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (failing.contains(name)) {
      done.completeExceptionally(new IllegalStateException("no such network"));
    } else if (!hanging.contains(name)) {
      loop.after(
          ACT_NANOS,
          () -> {
            if (!pretending.contains(name)) {
              change.run();
            }
            done.complete(null);
          });
    }
    return done;
  }

  private boolean answers(String node) {
    return conditionNow(node) == NodeCondition.RUNNING && !unplugged.contains(node) && !boots(node);
  }

  private boolean boots(String node) {
    return loop.nowNanos() < bootedNanos.getOrDefault(node, 0L);
  }

  @Override
  public CompletionStage<Long> probe(Link link, int payloadBytes) {
    LinkState state = links.getOrDefault(link, LinkState.HEALTHY);
    CompletableFuture<Long> answer = new CompletableFuture<>();
    boolean cut =
        probePath(link).stream().anyMatch(on -> links.getOrDefault(on, LinkState.HEALTHY).cut());
    if (!cut && refusesWhileItBoots && boots(link.to())) {
      return CompletableFuture.failedFuture(new ConnectException("Connection refused"));
    }
    if (cut || unplugged.contains(link.from()) || !answers(link.to())) {
      return answer;
    }
    if (state.resetEvery().isPositive() && ++probes % 3 == 0) {
      return CompletableFuture.failedFuture(new IllegalStateException("connection reset"));
    }
    Duration roundTrip = Duration.ofNanos(200_000);
    for (Link on : probePath(link)) {
      roundTrip = roundTrip.plus(links.getOrDefault(on, LinkState.HEALTHY).latency());
    }
    if (state.stallProbability() > 0) {
      roundTrip = roundTrip.plus(state.stall());
    }
    if (state.bytesPerSecond() > 0) {
      roundTrip = roundTrip.plusNanos(payloadBytes * 1_000_000_000L / state.bytesPerSecond());
    }
    if (state.pieceBytes() > 0) {
      roundTrip =
          roundTrip.plus(state.pieceDelay().multipliedBy(payloadBytes / state.pieceBytes()));
    }
    long nanos = roundTrip.toNanos();
    mostOpenProbes = Math.max(mostOpenProbes, openProbes.merge(link, 1, Integer::sum));
    loop.after(
        nanos,
        () -> {
          openProbes.merge(link, -1, Integer::sum);
          answer.complete(nanos);
        });
    return answer;
  }
}
