package dev.faultline.raft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The fixture does what it says. */
class LocalGroupTest {

  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofMillis(500);

  private final LocalGroup group = LocalGroup.of(3).start();

  @Test
  void theOneThatIsAskedForIsElected() {
    assertThat(group.elect(3).id()).isEqualTo(new NodeId("n3"));
    assertThat(group.leader()).contains(group.node(3));
  }

  @Test
  void withoutAFavouriteChanceDecides() {
    List<NodeId> leaders = new ArrayList<>();
    for (long seed = 1; seed <= 30; seed++) {
      LocalGroup other = LocalGroup.of(3).seed(seed).start();
      other.run(Duration.ofSeconds(2));
      leaders.add(other.leader().orElseThrow().id());
    }
    assertThat(leaders).contains(new NodeId("n1"), new NodeId("n2"), new NodeId("n3"));
  }

  @Test
  void aCutLinkCarriesNothingOneWayAndEverythingTheOther() {
    LocalNode leader = group.elect(1);
    group.network().cut(leader.id(), group.node(2).id());
    leader.propose("x");
    group.run(SHORT);
    assertThat(group.node(2).state()).isEmpty();
    assertThat(group.node(3).state()).containsExactly("x");
    LocalNode.Proposal forwarded = group.node(2).propose("y");
    group.run(SHORT);
    assertThat(group.node(3).state()).containsExactly("x", "y");
    assertThat(forwarded.fate()).isEqualTo(LocalNode.Fate.WAITING);
  }

  @Test
  void aCutTakesWhatIsUnderWay() {
    LocalNode leader = group.elect(1);
    group.network().latency(5_000_000, 5_000_000);
    leader.propose("x");
    group.run(Duration.ofMillis(2));
    group.isolate(leader);
    group.run(Duration.ofMillis(10));
    assertThat(group.node(2).log()).hasSize(1);
  }

  @Test
  void theFirewallDropsByLinkAndKind() {
    AtomicInteger dropped = new AtomicInteger();
    LocalNode leader = group.elect(1);
    group
        .network()
        .drop((link, message) ->
            message instanceof Message.AppendRequest
                && link.to().equals(group.node(2).id())
                && dropped.incrementAndGet() > 0);
    leader.propose("x");
    group.run(SHORT);
    assertThat(dropped).hasPositiveValue();
    assertThat(group.node(2).state()).isEmpty();
    assertThat(group.node(3).state()).containsExactly("x");
  }

  @Test
  void aCrashLosesWhatTheDiskHadNotWrittenAndNothingElse() {
    LocalNode leader = group.elect(1);
    leader.propose("written");
    group.run(SHORT);
    leader.disk().stall();
    group.isolate(leader);
    leader.propose("lost");
    assertThat(leader.log()).hasSize(3);
    leader.crash();
    leader.start();
    assertThat(leader.log()).hasSize(2);
    assertThat(leader.disk().durableLog()).hasSize(2);
  }

  @Test
  void aStalledDiskGoesOnWhereItWas() {
    LocalNode leader = group.elect(1);
    group.nodes().forEach(node -> node.disk().stall());
    LocalNode.Proposal proposal = leader.propose("x");
    group.run(SHORT);
    assertThat(proposal.fate()).isEqualTo(LocalNode.Fate.WAITING);
    group.nodes().forEach(LocalNode::resumeDisk);
    group.run(SHORT);
    assertThat(proposal.fate()).isEqualTo(LocalNode.Fate.APPLIED);
  }

  @Test
  void aLyingDiskLosesWhatItConfirmed() {
    LocalNode leader = group.elect(1);
    leader.disk().lie();
    group.oracle().tolerate();
    LocalNode.Proposal proposal = leader.propose("x");
    group.run(SHORT);
    assertThat(proposal.fate()).isEqualTo(LocalNode.Fate.APPLIED);
    assertThat(leader.disk().durableLog()).hasSize(1);
  }

  @Test
  void aPausedNodeDoesNothingAndThenEverythingInOrder() {
    LocalNode leader = group.elect(1);
    LocalNode paused = group.node(2);
    paused.pause();
    leader.propose("x");
    leader.propose("y");
    group.run(SHORT);
    assertThat(paused.state()).isEmpty();
    paused.resume();
    assertThat(paused.state()).containsExactly("x", "y");
  }

  @Test
  void aDisturbedNetworkLosesRepeatsAndReorders() {
    group.elect(1);
    group.network().disturb(0.5, 0, false);
    assertThat(copies()).contains(0, 1).doesNotContain(2);
    group.network().disturb(0, 0.5, false);
    assertThat(copies()).contains(1, 2).doesNotContain(0);
    assertThat(arrivals()).isSorted();
    group.network().disturb(0, 0, true);
    assertThat(copies()).containsOnly(1);
    List<Long> arrivals = arrivals();
    assertThat(arrivals).isNotEqualTo(arrivals.stream().sorted().toList());
  }

  private List<Integer> copies() {
    List<Integer> copies = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      copies.add(
          group
              .network()
              .copies(
                  group.node(1).id(), group.node(2).id(), new Message.VoteResponse(1, true, true)));
    }
    return copies;
  }

  private List<Long> arrivals() {
    List<Long> arrivals = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      arrivals.add(group.network().arrivalNanos(group.node(1).id(), group.node(2).id(), i));
    }
    return arrivals;
  }

  @Test
  void whatDoesNotComeToPassInTimeFails() {
    assertThatThrownBy(() -> group.runUntil("never", () -> false, LONG))
        .isInstanceOf(AssertionError.class)
        .hasMessage("not within PT0.5S: never");
  }
}
