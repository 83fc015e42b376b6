package dev.faultline.harness.docker;

import static dev.faultline.harness.docker.RealCluster.allLinks;
import static dev.faultline.harness.docker.RealCluster.join;
import static dev.faultline.harness.docker.RealCluster.links;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.faultline.harness.cluster.LinkBackend;
import dev.faultline.harness.cluster.NodeExit;
import dev.faultline.harness.docker.EngineView.Foreigner;
import dev.faultline.harness.ledger.OrphanSweeper;
import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import dev.faultline.nemeses.NodeCondition;
import dev.faultline.nemeses.NodeStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is done to containers, seen from the outside. A cluster costs seconds, so each test takes
 * one through as much as belongs together.
 */
@NeedsDocker
class DockerClusterIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A cut is a black hole; a probe that takes a few milliseconds else is given so long. */
  private static final Duration SILENT_AFTER = Duration.ofMillis(400);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"raft", "etcd"})
  void aKilledNodeComesBackWithItsDataItsAddressAndItsPlace(String system) throws Exception {
    try (RealCluster real = new RealCluster(system, LinkBackend.PACKETS, directory)) {
      real.write("n1", "before", 17);
      NodeStatus leader = real.awaitLeader();
      String victim = leader.node();
      String container = real.containerId(victim);
      var endpoints = real.cluster.clientEndpoints();

      join(real.cluster.kill(victim));
      assertThat(join(real.cluster.condition(victim))).isEqualTo(NodeCondition.DOWN);
      join(real.cluster.kill(victim)); // An act is idempotent.
      NodeStatus next = real.awaitOtherLeader(leader);
      real.write(next.node(), "meanwhile", 18);

      join(real.cluster.start(victim));
      join(real.cluster.start(victim));
      real.awaitLevel();
      assertThat(real.read(victim, "before")).contains("17");
      assertThat(real.read(victim, "meanwhile")).contains("18");
      assertThat(real.containerId(victim)).isEqualTo(container);
      assertThat(real.cluster.clientEndpoints()).isEqualTo(endpoints);
      assertThat(real.exits).isEmpty();
      if (system.equals("etcd")) {
        assertThat(Files.readString(real.logs.resolve(victim).resolve("node.log")))
            .as("the second life found the member's own log")
            .contains("restarting local member");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"raft", "etcd"})
  void aPausedNodeIsSeenToBeStoppedAndSilentAndGoesOn(String system) throws Exception {
    try (RealCluster real = new RealCluster(system, LinkBackend.PACKETS, directory)) {
      NodeStatus leader = real.awaitLeader();
      join(real.cluster.pause(leader.node()));
      join(real.cluster.pause(leader.node()));
      assertThat(join(real.cluster.condition(leader.node()))).isEqualTo(NodeCondition.PAUSED);
      assertThat(real.status(leader.node())).isEmpty();
      real.awaitOtherLeader(leader);
      join(real.cluster.resume(leader.node()));
      join(real.cluster.resume(leader.node()));
      assertThat(join(real.cluster.condition(leader.node()))).isEqualTo(NodeCondition.RUNNING);
      real.awaitLevel();

      join(real.cluster.pause("n1"));
      join(real.cluster.kill("n1"));
      assertThat(join(real.cluster.condition("n1"))).isEqualTo(NodeCondition.DOWN);
    }
  }

  /** The bounds are promised; one of some tries has to keep them, for a machine may be busy. */
  @ParameterizedTest
  @ValueSource(strings = {"raft", "etcd"})
  void aCutIsSeenWithinASecondTakesOpenConnectionsAndHealsWithinTwo(String system)
      throws Exception {
    try (RealCluster real = new RealCluster(system, LinkBackend.PACKETS, directory)) {
      List<Duration> cuts = new ArrayList<>();
      List<Duration> heals = new ArrayList<>();
      do {
        NodeStatus leader = real.awaitLeader();
        List<Link> around = links(leader.node(), true, true);
        cuts.add(
            timed(
                () -> real.shape(around, LinkState.CUT),
                () -> real.areSilent(around, SILENT_AFTER)));
        assertThat(around).noneMatch(real::answers);
        // Heartbeats travel on connections that were open before: they have to be cut as well.
        real.awaitOtherLeader(leader);
        heals.add(
            timed(real::heal, () -> around.stream().allMatch(real::answers) && real.isLevel()));
      } while (cuts.size() < 8 && (shortest(cuts) > 1_000 || shortest(heals) > 2_000));
      assertThat(shortest(cuts)).as("cuts %s", cuts).isLessThanOrEqualTo(1_000);
      assertThat(shortest(heals)).as("heals %s", heals).isLessThanOrEqualTo(2_000);

      Link oneWay = new Link("n1", "n2");
      real.shape(List.of(oneWay), LinkState.CUT);
      await().atMost(PATIENCE).until(() -> !real.answers(oneWay));
      assertThat(real.answers(new Link("n1", "n3"))).isTrue();
      real.heal();
      await().atMost(PATIENCE).until(() -> real.answers(oneWay));
    }
  }

  private static Duration timed(Runnable act, Callable<Boolean> seen) {
    long begun = System.nanoTime();
    act.run();
    await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).until(seen);
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static long shortest(List<Duration> times) {
    return times.stream().mapToLong(Duration::toMillis).min().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"raft", "etcd"})
  void proxiesCutMessagesOfOneDirectionAndLeaveTheOther(String system) throws Exception {
    try (RealCluster real = new RealCluster(system, LinkBackend.PROXIES, directory)) {
      NodeStatus old = real.awaitLeader();
      real.shape(links(old.node(), true, false), LinkState.CUT);
      NodeStatus next = real.awaitOtherLeader(old);
      // Nothing that the old leader says arrives, and it hears of the new one all the same. Its
      // term
      // would not tell: etcd shows that of the last entry applied, and commits nothing here.
      await()
          .atMost(PATIENCE)
          .until(() ->
              real.status(old.node()).filter(now -> next.node().equals(now.leader())).isPresent());
      assertThat(real.answers(links(old.node(), true, false).getFirst())).isFalse();
      real.heal();
      real.awaitLevel();

      long slow = Duration.ofMillis(150).toNanos();
      real.shape(allLinks(), LinkState.slow(Duration.ofNanos(slow), Duration.ZERO));
      for (Link link : allLinks()) {
        assertThat(join(real.cluster.probe(link, 0))).as(link.toString()).isGreaterThan(slow);
      }
      real.heal();
      for (Link link : allLinks()) {
        await().atMost(PATIENCE).until(() -> join(real.cluster.probe(link, 0)) < slow);
      }
      real.awaitLevel();
      real.write("n2", "k", 3);
      assertThat(real.read("n3", "k")).contains("3");
    }
  }

  @Test
  void anUnpluggedNodeIsSilentAndComesBackAtItsAddress() throws Exception {
    try (RealCluster real = new RealCluster("etcd", LinkBackend.PACKETS, directory)) {
      NodeStatus leader = real.awaitLeader();
      join(real.cluster.unplug(leader.node()));
      assertThat(real.status(leader.node())).isEmpty();
      assertThat(links(leader.node(), false, true)).noneMatch(real::answers);
      real.awaitOtherLeader(leader);
      join(real.cluster.plugIn(leader.node()));
      real.awaitLevel();
      assertThat(links(leader.node(), true, true)).allMatch(real::answers);
    }
  }

  /** A kill may end while the node is still cut off from everything. */
  @ParameterizedTest
  @ValueSource(strings = {"raft", "etcd"})
  void aNodeThatIsStartedWhileUnpluggedComesBackWhenPluggedIn(String system) throws Exception {
    try (RealCluster real = new RealCluster(system, LinkBackend.PACKETS, directory)) {
      String victim = real.awaitLeader().node();
      join(real.cluster.unplug(victim));
      join(real.cluster.kill(victim));
      join(real.cluster.start(victim));
      join(real.cluster.plugIn(victim));
      real.awaitLevel();
      real.write(victim, "k", 5);
      assertThat(join(real.cluster.condition(victim))).isEqualTo(NodeCondition.RUNNING);
      assertThat(real.exits).isEmpty();
    }
  }

  @Test
  void anEndThatNobodyAskedForIsToldWithItsCodeAndTheWholeLog() throws Exception {
    try (RealCluster real = new RealCluster("etcd", LinkBackend.PACKETS, directory)) {
      EngineView.connect()
          .client()
          .killContainerCmd(real.containerId("n2"))
          .withSignal("KILL")
          .exec();
      await().atMost(PATIENCE).until(() -> !real.exits.isEmpty());
      assertThat(real.exits).containsExactly(new NodeExit("n2", 137));
      await()
          .atMost(PATIENCE)
          .ignoreExceptions() // It is not told before it is certain.
          .until(() -> join(real.cluster.condition("n2")) == NodeCondition.EXITED);

      EngineView.connect()
          .client()
          .killContainerCmd(real.containerId("n3"))
          .withSignal("TERM")
          .exec();
      await().atMost(PATIENCE).until(() -> real.exits.size() == 2);
      assertThat(Files.readString(real.logs.resolve("n3").resolve("node.log")))
          .contains("received signal; shutting down");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PACKETS", "PROXIES"})
  void nothingIsLeftAndNobodyElseIsTouched(String links) throws Exception {
    EngineView engine = EngineView.connect();
    RealCluster real = new RealCluster("raft", LinkBackend.valueOf(links), directory);
    try (Foreigner foreigner = engine.foreigner("not-ours-" + real.id)) {
      // A run whose harness lives is none of the sweeper's business.
      new OrphanSweeper(directory.resolve("ledgers"), List.of(new DockerSweeper())).sweep();
      real.awaitLevel();
      assertThat(engine.packetFilters().contains(EngineView.table(real.id)))
          .isEqualTo(links.equals("PACKETS"));

      join(real.cluster.kill("n2"));
      real.close();
      real.cluster.close();
      assertThat(engine.containers(real.id)).isEmpty();
      assertThat(engine.networks(real.id)).isEmpty();
      assertThat(engine.packetFilters()).doesNotContain(EngineView.table(real.id));
      assertThat(foreigner.isUntouched()).isTrue();
      assertThat(real.exits).isEmpty();
    } finally {
      real.close();
    }
  }
}
