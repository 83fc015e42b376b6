package dev.faultline.raft.core;

import static dev.faultline.raft.core.Solo.ELECTION_NANOS;
import static dev.faultline.raft.core.Solo.HEARTBEAT_NANOS;
import static dev.faultline.raft.core.Solo.N2;
import static dev.faultline.raft.core.Solo.N3;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.raft.core.Message.AppendRequest;
import dev.faultline.raft.core.Message.ReadIndexRequest;
import dev.faultline.raft.core.Message.ReadIndexResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Linearizable reads (thesis, section 6.4). */
class ReadIndexTest {

  private static long round(Solo solo) {
    return solo.sentTo(N2, AppendRequest.class).getLast().round();
  }

  @Test
  void aReadWaitsUntilAMajorityAnswersARoundThatBeganAfterIt() {
    Solo solo = Solo.fresh(5).leadAndCommit(N2, N3).read(7);
    long round = round(solo);
    assertThat(solo.acknowledge(N2, 1, round).all(Effect.ReadReady.class)).isEmpty();
    assertThat(solo.acknowledge(N2, 1, round).all(Effect.ReadReady.class)).isEmpty();
    assertThat(solo.acknowledge(N3, 1, round).all(Effect.ReadReady.class))
        .containsExactly(new Effect.ReadReady(7, 1));
  }

  @Test
  void aLateAnswerToAnEarlierRoundConfirmsNothing() {
    // etcd#20418: the answers were sent before the read began.
    Solo solo = Solo.fresh(3).leadAndCommit(N2, N3).pass(HEARTBEAT_NANOS);
    long earlier = round(solo);
    solo.read(7);
    assertThat(round(solo)).isGreaterThan(earlier);
    assertThat(solo.acknowledge(N2, 1, earlier).all(Effect.ReadReady.class)).isEmpty();
    assertThat(solo.acknowledge(N3, 1, earlier).all(Effect.ReadReady.class)).isEmpty();
    assertThat(solo.acknowledge(N3, 1, earlier + 1).all(Effect.ReadReady.class)).hasSize(1);
  }

  @Test
  void aReadWaitsUntilAnEntryOfTheLeadersTermIsCommitted() {
    // etcd#7331: entry 1 may be committed, and this leader cannot know yet.
    Solo solo = Solo.booted(3, new HardState(1, null), 1).lead().read(7);
    solo.pass(HEARTBEAT_NANOS);
    assertThat(solo.acknowledge(N2, 1, 1).all(Effect.ReadReady.class)).isEmpty();
    solo.acknowledge(N2, 2, 1);
    assertThat(solo.all(Effect.ReadReady.class)).isEmpty();
    assertThat(solo.acknowledge(N2, 2, round(solo)).all(Effect.ReadReady.class))
        .containsExactly(new Effect.ReadReady(7, 2));
  }

  @Test
  void readsThatArriveDuringARoundShareTheNext() {
    Solo solo = Solo.fresh(3).leadAndCommit(N2, N3).read(1);
    long first = round(solo);
    assertThat(solo.read(2).sent(AppendRequest.class)).isEmpty();
    assertThat(solo.read(3).sent(AppendRequest.class)).isEmpty();
    solo.acknowledge(N2, 1, first);
    assertThat(solo.all(Effect.ReadReady.class)).containsExactly(new Effect.ReadReady(1, 1));
    assertThat(round(solo)).isEqualTo(first + 1);
    assertThat(solo.acknowledge(N3, 1, first + 1).all(Effect.ReadReady.class))
        .containsExactly(new Effect.ReadReady(2, 1), new Effect.ReadReady(3, 1));
  }

  @Test
  void aRoundThatGotLostIsMadeUpForByTheNextHeartbeat() {
    Solo solo = Solo.fresh(3).leadAndCommit(N2, N3).read(1).read(2).pass(HEARTBEAT_NANOS);
    assertThat(solo.acknowledge(N2, 1, round(solo)).all(Effect.ReadReady.class)).hasSize(2);
  }

  @Test
  void aFollowerAsksTheLeaderAndWaitsUntilTheIndexIsApplied() {
    Solo solo = Solo.booted(3, new HardState(1, null), 1, 1);
    solo.receive(N2, new AppendRequest(1, 2, 1, List.of(), 1, 1));
    long wire = solo.read(7).sentTo(N2, ReadIndexRequest.class).getFirst().token();
    solo.receive(N2, new ReadIndexResponse(1, wire, 2));
    assertThat(solo.all(Effect.ReadReady.class)).isEmpty();
    solo.receive(N2, new AppendRequest(1, 2, 1, List.of(), 2, 2));
    assertThat(solo.all(Effect.ReadReady.class)).containsExactly(new Effect.ReadReady(7, 2));
  }

  @Test
  void aFollowerAsksAgainWhenTheAnswerIsLateOrTheLeaderAnother() {
    Solo solo = Solo.booted(3, new HardState(1, null), 1).read(7);
    assertThat(solo.sent(ReadIndexRequest.class)).as("no leader is known").isEmpty();
    solo.receive(N2, new AppendRequest(1, 1, 1, List.of(), 1, 1));
    assertThat(solo.sentTo(N2, ReadIndexRequest.class)).hasSize(1);
    solo.pass(ELECTION_NANOS - 1).receive(N2, new AppendRequest(1, 1, 1, List.of(), 1, 1));
    assertThat(solo.core().nextDeadlineNanos()).isEqualTo(solo.nowNanos() + 1);
    assertThat(solo.pass(1).sentTo(N2, ReadIndexRequest.class)).hasSize(1);
    solo.receive(N3, new AppendRequest(2, 1, 1, List.of(), 1, 1));
    assertThat(solo.sentTo(N3, ReadIndexRequest.class)).hasSize(1);
  }

  @Test
  void aReadThatArrivesWhenARetryIsDueIsAskedForOnce() {
    Solo solo = Solo.booted(3, new HardState(1, null), 1);
    solo.receive(N2, new AppendRequest(1, 1, 1, List.of(), 1, 1)).read(7);
    solo.pass(ELECTION_NANOS - 1).receive(N2, new AppendRequest(1, 1, 1, List.of(), 1, 1));
    solo.passWith(1, new Input.Read(8));
    assertThat(solo.sentTo(N2, ReadIndexRequest.class)).doesNotHaveDuplicates().hasSize(2);
  }

  @Test
  void anAnswerToAReadOfAnEarlierIncarnationAnswersNoOther() {
    Solo before = Solo.configured(3, Solo.CONFIG, new RaftPolicy(), 1);
    before.receive(N2, new AppendRequest(1, 0, 0, List.of(), 0, 1)).read(1);
    long stale = before.sent(ReadIndexRequest.class).getFirst().token();
    Solo after = Solo.configured(3, Solo.CONFIG, new RaftPolicy(), 2);
    after.receive(N2, new AppendRequest(1, 0, 0, List.of(), 0, 1)).read(1);
    assertThat(after.receive(N2, new ReadIndexResponse(1, stale, 0)).effects()).isEmpty();
  }

  @Test
  void aReadIsGivenUpInTheEnd() {
    Solo solo = Solo.fresh(3).read(7);
    assertThat(solo.pass(Solo.CONFIG.requestTimeout().minusNanos(1)).all(Effect.ReadDropped.class))
        .isEmpty();
    assertThat(solo.core().nextDeadlineNanos()).isLessThanOrEqualTo(solo.nowNanos() + 1);
    assertThat(solo.pass(1).all(Effect.ReadDropped.class))
        .containsExactly(new Effect.ReadDropped(7));
  }

  @Test
  void aReadAtALeaderThatIsDeposedIsServedByTheNext() {
    LocalGroup group = LocalGroup.of(3).start();
    LocalNode old = group.elect(1);
    group.isolate(old);
    LocalNode.Read read = old.read();
    group.favour(group.node(2));
    group.run(Duration.ofMillis(300));
    assertThat(group.node(2).isLeader()).isTrue();
    LocalNode.Proposal proposal = group.node(2).propose("newer");
    group.run(Duration.ofMillis(50));
    assertThat(proposal.fate()).isEqualTo(LocalNode.Fate.APPLIED);
    assertThat(read.isReady()).isFalse();
    group.network().heal();
    group.runUntil("the read is served", read::isReady, Duration.ofSeconds(1));
    assertThat(old.state()).containsExactly("newer");
  }

  @Test
  void readsAtEveryNodeAreServed() {
    LocalGroup group = LocalGroup.of(5).start();
    group.elect(3);
    group.node(3).propose("x");
    List<LocalNode.Read> reads = group.nodes().stream().map(LocalNode::read).toList();
    group.run(Duration.ofMillis(20));
    assertThat(reads).allSatisfy(read -> assertThat(read.isReady()).isTrue());
  }
}
