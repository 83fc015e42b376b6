package dev.faultline.nemeses.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partitions of a real etcd, whose messages travel on connections of either dialler. */
class EtcdPartitionIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path directory;

  private static @Nullable EtcdTrio started;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(
        EtcdTrio.onPath("etcd"), "skipped: no etcd on the path (apt-get install etcd-server)");
    started = new EtcdTrio(directory);
  }

  @AfterAll
  static void stop() {
    if (started != null) {
      started.close();
    }
  }

  private static EtcdTrio trio() {
    return Objects.requireNonNull(started);
  }

  /** Waits until {@code nodes} agree on a leader that fits, and returns it. */
  private static String awaitLeader(List<String> nodes, Predicate<String> fits) {
    AtomicReference<String> found = new AtomicReference<>("");
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> {
          trio().requireAlive();
          Optional<String> leader = trio().agreedLeader(nodes).filter(fits);
          leader.ifPresent(found::set);
          return leader.isPresent();
        });
    return found.get();
  }

  private static List<String> without(String node) {
    List<String> others = new ArrayList<>(EtcdTrio.NODES);
    others.remove(node);
    return others;
  }

  private static void cut(List<String> from, List<String> to) {
    Map<Link, LinkState> states = new HashMap<>();
    for (String sender : from) {
      for (String receiver : to) {
        states.put(new Link(sender, receiver), LinkState.CUT);
      }
    }
    shape(states);
  }

  private static void shape(Map<Link, LinkState> states) {
    trio().links.shape(states).toCompletableFuture().join();
  }

  private static void heal() {
    shape(Map.of());
    awaitLeader(EtcdTrio.NODES, _ -> true);
  }

  @Test
  void aLeaderCutOffBothWaysIsReplacedAndDoesNotHearOfIt() {
    String old = awaitLeader(EtcdTrio.NODES, _ -> true);
    Map<Link, LinkState> states = new HashMap<>();
    for (String other : without(old)) {
      states.put(new Link(old, other), LinkState.CUT);
      states.put(new Link(other, old), LinkState.CUT);
    }
    shape(states);
    String successor = awaitLeader(without(old), leader -> !leader.equals(old));
    assertThat(trio().view(old))
        .hasValueSatisfying(view -> assertThat(view.leader()).isNotEqualTo(successor));
    heal();
  }

  @Test
  void aMuteLeaderIsReplacedAndHearsOfItWhileItsOwnMessagesAreLost() {
    String old = awaitLeader(EtcdTrio.NODES, _ -> true);
    cut(List.of(old), without(old));
    String successor = awaitLeader(without(old), leader -> !leader.equals(old));
    // Still cut, it learns of the other: what its peers send does arrive.
    await()
        .atMost(PATIENCE)
        .until(() -> trio().view(old).filter(v -> v.leader().equals(successor)).isPresent());
    heal();
  }

  @Test
  void aDeafLeaderStepsDownAndDoesNotHearOfItsSuccessor() {
    String old = awaitLeader(EtcdTrio.NODES, _ -> true);
    cut(without(old), List.of(old));
    String successor = awaitLeader(without(old), leader -> !leader.equals(old));
    await()
        .atMost(PATIENCE)
        .until(() -> trio().view(old).filter(view -> view.leader().isEmpty()).isPresent());
    assertThat(successor).isNotEqualTo(old);
    heal();
  }
}
