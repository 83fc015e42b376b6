package dev.faultline.raft.core;

import static dev.faultline.raft.core.Solo.ELECTION_NANOS;
import static dev.faultline.raft.core.Solo.N1;
import static dev.faultline.raft.core.Solo.N2;
import static dev.faultline.raft.core.Solo.N3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.raft.core.Message.AppendRequest;
import dev.faultline.raft.core.Message.ForwardProposal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of proposals, and that they take effect once (thesis, section 6.3). */
class ProposalTest {

  private static AppendRequest heartbeat(long term) {
    return new AppendRequest(term, 0, 0, List.of(), 0, 1);
  }

  private static Entry entry(long index, NodeId origin, long incarnation, long sequence) {
    return entry(index, origin, incarnation, sequence, 1);
  }

  private static Entry entry(
      long index, NodeId origin, long incarnation, long sequence, long firstPending) {
    return new Entry(
        index,
        1,
        new Payload.Command(
            new ProposalId(origin, incarnation, sequence, firstPending), new byte[0]));
  }

  @Test
  void aFollowerForwardsToTheLeaderAndWaitsUntilItIsAppliedHere() {
    Solo solo = Solo.fresh(3).receive(N2, heartbeat(1)).persisted().propose("x");
    Payload.Command command = solo.sentTo(N2, ForwardProposal.class).getFirst().command();
    assertThat(command.id()).isEqualTo(new ProposalId(N1, 1, 1, 1));
    assertThat(solo.status().pendingProposals()).isEqualTo(1);
    solo.receive(N2, new AppendRequest(1, 0, 0, List.of(new Entry(1, 1, command)), 1, 1));
    assertThat(solo.all(Effect.Apply.class))
        .containsExactly(new Effect.Apply(new Entry(1, 1, command), false));
    assertThat(solo.status().pendingProposals()).isZero();
  }

  @Test
  void aProposalWaitsForALeaderAndGoesToEveryNewOne() {
    Solo solo = Solo.fresh(3).propose("x");
    assertThat(solo.sent(ForwardProposal.class)).isEmpty();
    assertThat(solo.receive(N2, heartbeat(1)).sentTo(N2, ForwardProposal.class)).hasSize(1);
    assertThat(solo.receive(N2, heartbeat(1)).sentTo(N2, ForwardProposal.class)).isEmpty();
    assertThat(solo.receive(N3, heartbeat(2)).sentTo(N3, ForwardProposal.class)).hasSize(1);
  }

  @Test
  void aProposalIsForwardedAgainWhenItTakesLong() {
    Solo solo = Solo.fresh(3).receive(N2, heartbeat(1)).propose("x");
    solo.pass(ELECTION_NANOS - 1).receive(N2, heartbeat(1));
    assertThat(solo.core().nextDeadlineNanos()).isEqualTo(solo.nowNanos() + 1);
    assertThat(solo.pass(1).sentTo(N2, ForwardProposal.class)).hasSize(1);
  }

  @Test
  void aProposalThatArrivesWhenARetryIsDueIsForwardedOnce() {
    Solo solo = Solo.fresh(3).receive(N2, heartbeat(1)).propose("x");
    solo.pass(ELECTION_NANOS - 1).receive(N2, heartbeat(1));
    solo.passWith(1, new Input.Propose(2, Solo.command("y")));
    assertThat(solo.sentTo(N2, ForwardProposal.class))
        .extracting(forwarded -> forwarded.command().id().sequence())
        .containsExactlyInAnyOrder(1L, 2L);
  }

  @Test
  void aProposalThatNeverLeftIsGivenUpForGood() {
    Solo solo = Solo.fresh(3).propose("x");
    assertThat(solo.pass(Solo.CONFIG.requestTimeout()).all(Effect.ProposalDropped.class))
        .containsExactly(new Effect.ProposalDropped(1, true));
    assertThat(solo.receive(N2, heartbeat(1)).sent(ForwardProposal.class)).isEmpty();
  }

  @Test
  void ofAProposalThatWasSentNobodyKnows() {
    Solo solo = Solo.fresh(3).receive(N2, heartbeat(1)).propose("x");
    assertThat(solo.pass(Solo.CONFIG.requestTimeout()).all(Effect.ProposalDropped.class))
        .containsExactly(new Effect.ProposalDropped(1, false));
  }

  @Test
  void ofAProposalThatWasAppendedNobodyKnows() {
    Solo solo = Solo.fresh(3).leadAndCommit(N2).propose("x");
    assertThat(solo.pass(Solo.CONFIG.requestTimeout()).all(Effect.ProposalDropped.class))
        .containsExactly(new Effect.ProposalDropped(1, false));
  }

  @Test
  void aNewLeaderAppendsWhatItsOwnClientsWaitFor() {
    Solo solo = Solo.fresh(3).propose("x").lead();
    assertThat(solo.status().lastLogIndex()).isEqualTo(2);
  }

  @Test
  void theFirstPendingSequenceRisesAsProposalsAreApplied() {
    Solo solo = Solo.fresh(3).leadAndCommit(N2).propose("x").propose("y").persisted();
    solo.acknowledge(N2, 2, 0).propose("z");
    Entry appended = solo.all(Effect.Appended.class).getFirst().entry();
    assertThat(((Payload.Command) appended.payload()).id()).isEqualTo(new ProposalId(N1, 1, 3, 2));
  }

  @Test
  void aLeaderTakesForwardedProposalsAndAFollowerDoesNot() {
    Payload.Command command = new Payload.Command(new ProposalId(N2, 1, 1, 1), Solo.command("x"));
    Solo solo = Solo.fresh(3).lead().receive(N2, new ForwardProposal(1, command));
    assertThat(solo.all(Effect.Appended.class)).hasSize(1);
    solo = Solo.fresh(3).receive(N2, new ForwardProposal(0, command));
    assertThat(solo.effects()).isEmpty();
  }

  @Test
  void aSequenceThatDoesNotGrowIsRefused() {
    Solo solo = Solo.fresh(3).propose("x");
    assertThatThrownBy(() -> solo.step(new Input.Propose(1, new byte[0])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not follow");
  }

  @Test
  void theSecondCopyOfAProposalIsADuplicate() {
    assertThat(duplicates(entry(1, N2, 1, 1), entry(2, N2, 1, 1), entry(3, N3, 1, 1)))
        .containsExactly(false, true, false);
  }

  @Test
  void proposalsMayComeInAnyOrder() {
    assertThat(duplicates(entry(1, N2, 1, 3), entry(2, N2, 1, 1), entry(3, N2, 1, 3)))
        .containsExactly(false, false, true);
  }

  @Test
  void whatTheOriginNoLongerAwaitsIsADuplicate() {
    assertThat(duplicates(entry(1, N2, 1, 9, 5), entry(2, N2, 1, 4, 1), entry(3, N2, 1, 5, 5)))
        .containsExactly(false, true, false);
  }

  @Test
  void whatAnEarlierIncarnationProposedIsADuplicateOnceALaterOneIsSeen() {
    assertThat(
            duplicates(
                entry(1, N2, 1, 1), entry(2, N2, 2, 1), entry(3, N2, 1, 2), entry(4, N2, 2, 2)))
        .containsExactly(false, false, true, false);
  }

  private static List<Boolean> duplicates(Entry... entries) {
    Solo solo = Solo.booted(3, new HardState(1, null));
    solo.receive(N2, new AppendRequest(1, 0, 0, List.of(entries), entries.length, 1));
    return solo.all(Effect.Apply.class).stream().map(Effect.Apply::duplicate).toList();
  }

  @Test
  void theSessionTableStaysSmall() {
    SessionTable sessions = new SessionTable();
    for (long sequence = 1; sequence <= 100_000; sequence++) {
      ProposalId id = new ProposalId(N1, 1, sequence, Math.max(1, sequence - 10));
      assertThat(sessions.isDuplicate(id)).isFalse();
    }
    assertThat(sessions.remembered(N1)).isLessThan(2000);
    assertThat(sessions.isDuplicate(new ProposalId(N1, 1, 99_995, 1))).isTrue();
    assertThat(sessions.isDuplicate(new ProposalId(N1, 1, 5, 1))).isTrue();
  }

  @Test
  void aProposalSurvivesALeaderChangeAndTakesEffectOnce() {
    LocalGroup group = LocalGroup.of(3).start();
    LocalNode old = group.elect(1);
    // The entry reaches n3, whose answer is lost: nobody knows that it is on a majority.
    group.network().drop((link, message) -> link.to().equals(N2) && link.from().equals(N1));
    group.network().cut(N3, N1);
    LocalNode.Proposal proposal = old.propose("once");
    group.run(Duration.ofMillis(5));
    old.pause();
    group.favour(group.node(3));
    group.run(Duration.ofMillis(400));
    assertThat(group.node(3).isLeader()).isTrue();
    group.healAll();
    group.runUntil(
        "the proposal is applied",
        () -> proposal.fate() == LocalNode.Fate.APPLIED,
        Duration.ofSeconds(1));
    group.run(Duration.ofMillis(300));
    assertThat(group.nodes()).allSatisfy(node -> assertThat(node.state()).containsExactly("once"));
    assertThat(group.node(3).log().stream().filter(e -> e.payload() instanceof Payload.Command))
        .as("the log has both copies")
        .hasSize(2);
  }
}
