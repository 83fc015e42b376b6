package dev.faultline.raft.deviation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.raft.core.Input;
import dev.faultline.raft.core.LocalGroup;
import dev.faultline.raft.core.LocalNode;
import dev.faultline.raft.core.LocalNode.Fate;
import dev.faultline.raft.core.Message;
import dev.faultline.raft.core.NodeId;
import dev.faultline.raft.core.RaftPolicy;
import dev.faultline.raft.core.SafetyOracle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * For each deviation a scenario that is safe with the plain policy and shows the violation with the
 * deviation.
 */
class WitnessTest {

  private static final NodeId N1 = new NodeId("n1");
  private static final NodeId N2 = new NodeId("n2");
  private static final NodeId N3 = new NodeId("n3");
  private static final Duration ELECTION = Duration.ofMillis(500);
  private static final Duration SHORT = Duration.ofMillis(20);

  private static Supplier<RaftPolicy> deviation(String name) {
    return Deviations.named(name).orElseThrow().policy();
  }

  // ---- 1, forget-vote

  @Test
  void aNodeThatRemembersItsVoteElectsOneLeader() {
    assertThat(leadersAfterAVoterRestarts(RaftPolicy::new)).containsExactly(N2);
  }

  @Test
  void aNodeThatForgetsItsVoteElectsTwoLeadersInOneTerm() {
    assertThat(leadersAfterAVoterRestarts(deviation("forget-vote"))).containsExactly(N2, N3);
    assertThatThrownBy(() -> voterRestarts(group(deviation("forget-vote"))))
        .isInstanceOf(SafetyOracle.Violation.class)
        .hasMessage("n1 votes in term 1 for n2 and for n3");
  }

  private static List<NodeId> leadersAfterAVoterRestarts(Supplier<RaftPolicy> policy) {
    LocalGroup group = group(policy);
    group.oracle().tolerate();
    voterRestarts(group);
    assertThat(group.nodes()).allSatisfy(node -> assertThat(node.status().term()).isEqualTo(1));
    return group.nodes().stream().filter(LocalNode::isLeader).map(LocalNode::id).toList();
  }

  /** n2 and n3 both stand in term 1; n1 votes for n2, restarts, and is asked by n3. */
  private static void voterRestarts(LocalGroup group) {
    List<Message.VoteResponse> answers = new ArrayList<>();
    group.onSend(message -> {
      if (message instanceof Message.VoteResponse response && !response.preVote()) {
        answers.add(response);
      }
    });
    group.network().drop((link, message) -> true);
    group.run(Duration.ofMillis(200));
    Message.VoteRequest request = new Message.VoteRequest(1, 0, 0, false);
    Message.VoteResponse preVote = new Message.VoteResponse(1, true, true);
    group.node(2).step(new Input.Receive(N1, preVote));
    group.node(3).step(new Input.Receive(N1, preVote));
    group.node(1).step(new Input.Receive(N2, request));
    group.run(Duration.ofMillis(1));
    group.node(2).step(new Input.Receive(N1, answers.getLast()));
    group.node(1).crash();
    group.node(1).start();
    group.node(1).step(new Input.Receive(N3, request));
    group.run(Duration.ofMillis(1));
    assertThat(answers).hasSize(2);
    group.node(3).step(new Input.Receive(N1, answers.getLast()));
  }

  // ---- 5, no-log-comparison

  @Test
  void aNodeThatMissedACommittedEntryIsNotElected() {
    LocalGroup group = group(RaftPolicy::new);
    laggardStands(group);
    assertThat(group.node(3).isLeader()).isFalse();
    group.favourNobody();
    group.run(ELECTION);
    assertThat(group.node(2).isLeader()).isTrue();
    assertThat(group.node(3).state()).containsExactly("x");
  }

  @Test
  void withoutALogComparisonAnAcknowledgedWriteIsLost() {
    assertThatThrownBy(() -> laggardStands(group(deviation("no-log-comparison"))))
        .isInstanceOf(SafetyOracle.Violation.class)
        .hasMessageContaining("leader n3 of term 2 lacks committed entry 2");
  }

  /** n1 and n2 commit x without n3; then n3 and n2 are left. */
  private static void laggardStands(LocalGroup group) {
    LocalNode leader = group.elect(1);
    group.isolate(group.node(3));
    LocalNode.Proposal acknowledged = leader.propose("x");
    group.run(SHORT);
    assertThat(acknowledged.fate()).isEqualTo(Fate.APPLIED);
    leader.crash();
    group.network().heal();
    group.favour(group.node(3));
    group.run(ELECTION);
  }

  // ---- 21, acknowledge-before-flush

  @Test
  void whatWasAcknowledgedSurvivesAKillOfAllNodes() {
    assertThat(stateAfterAKillOfAllNodes(RaftPolicy::new)).containsExactly("x", "y");
  }

  @Test
  void whatWasAcknowledgedFromABufferIsLostWhenAllNodesAreKilled() {
    assertThat(stateAfterAKillOfAllNodes(deviation("acknowledge-before-flush")))
        .containsExactly("y");
  }

  private static List<String> stateAfterAKillOfAllNodes(Supplier<RaftPolicy> policy) {
    LocalGroup group = group(policy);
    group.oracle().tolerate();
    LocalNode.Proposal acknowledged = group.elect(1).propose("x");
    group.run(SHORT);
    assertThat(acknowledged.fate()).isEqualTo(Fate.APPLIED);
    group.nodes().forEach(LocalNode::crash);
    group.nodes().forEach(LocalNode::start);
    group.run(ELECTION);
    group.node(1).propose("y");
    group.run(SHORT);
    return group.node(2).state();
  }

  // ---- 34, leader-local-read

  @Test
  void aLeaderThatWasPausedAnswersNoReadBeforeItHearsAMajority() {
    LocalGroup group = group(RaftPolicy::new);
    LocalNode.Read read = readAtALeaderThatWasPaused(group);
    assertThat(read.isReady()).isFalse();
    group.network().heal();
    group.runUntil("the read is served", read::isReady, ELECTION);
    assertThat(group.node(1).state()).containsExactly("newer");
  }

  @Test
  void aLeaderThatReadsLocallyMissesWhatItsSuccessorCommitted() {
    assertThatThrownBy(() -> readAtALeaderThatWasPaused(group(deviation("leader-local-read"))))
        .isInstanceOf(SafetyOracle.Violation.class)
        .hasMessageContaining("stale read at n1");
  }

  private static LocalNode.Read readAtALeaderThatWasPaused(LocalGroup group) {
    LocalNode old = group.elect(1);
    group.isolate(old);
    old.pause();
    group.favour(group.node(2));
    group.run(ELECTION);
    LocalNode.Proposal newer = group.node(2).propose("newer");
    group.run(SHORT);
    assertThat(newer.fate()).isEqualTo(Fate.APPLIED);
    old.resume();
    return old.read();
  }

  // ---- 42, apply-twice

  @Test
  void aProposalThatTwoLeadersAppendedTakesEffectOnce() {
    LocalGroup group = group(RaftPolicy::new);
    twoLeadersAppend(group);
    assertThat(group.node(3).state()).containsExactly("once");
  }

  @Test
  void withoutSessionsAProposalThatTwoLeadersAppendedTakesEffectTwice() {
    assertThatThrownBy(() -> twoLeadersAppend(group(deviation("apply-twice"))))
        .isInstanceOf(SafetyOracle.Violation.class)
        .hasMessageContaining("takes effect twice");
    LocalGroup group = group(deviation("apply-twice"));
    group.oracle().tolerate();
    twoLeadersAppend(group);
    assertThat(group.node(3).state()).containsExactly("once", "once");
  }

  /**
   * n2 forwards to n1, which replicates to n3 and dies; n2 forwards to n3, which has it already.
   */
  private static void twoLeadersAppend(LocalGroup group) {
    LocalNode old = group.elect(1);
    group.network().cut(N3, N1);
    group.network().cut(N1, N2);
    LocalNode.Proposal proposal = group.node(2).propose("once");
    group.run(Duration.ofMillis(5));
    assertThat(proposal.fate()).isEqualTo(Fate.WAITING);
    old.crash();
    group.network().heal();
    group.favour(group.node(3));
    group.run(ELECTION);
    assertThat(group.node(3).isLeader()).isTrue();
    assertThat(proposal.fate()).isEqualTo(Fate.APPLIED);
  }

  // ---- 43, fail-on-step-down

  @Test
  void aDeposedLeaderGoesOnWaitingForWhatItsLogHolds() {
    LocalGroup group = group(RaftPolicy::new);
    LocalNode.Proposal proposal = answersAreLost(group);
    assertThat(proposal.fate()).isEqualTo(Fate.WAITING);
    successorCommits(group);
    assertThat(proposal.fate()).isEqualTo(Fate.APPLIED);
    assertThat(group.node(1).state()).containsExactly("x");
  }

  @Test
  void aProposalThatFailedWhenItsLeaderWasDeposedTakesEffect() {
    LocalGroup group = group(deviation("fail-on-step-down"));
    LocalNode.Proposal proposal = answersAreLost(group);
    assertThat(proposal.fate()).isEqualTo(Fate.FAILED);
    assertThatThrownBy(() -> successorCommits(group))
        .isInstanceOf(SafetyOracle.Violation.class)
        .hasMessageContaining("takes effect after it was reported as failed");
  }

  /** x reaches all, the answers do not reach n1, which steps down. */
  private static LocalNode.Proposal answersAreLost(LocalGroup group) {
    LocalNode leader = group.elect(1);
    group.network().cut(N2, N1);
    group.network().cut(N3, N1);
    LocalNode.Proposal proposal = leader.propose("x");
    group.run(Duration.ofMillis(150));
    assertThat(leader.isLeader()).isFalse();
    return proposal;
  }

  private static void successorCommits(LocalGroup group) {
    group.network().heal();
    group.favour(group.node(2));
    group.run(ELECTION);
  }

  // ---- 44, acknowledge-before-commit

  @Test
  void aLeaderThatIsCutOffAcknowledgesNothing() {
    LocalGroup group = group(RaftPolicy::new);
    assertThat(leaderDiesAlone(group).fate()).isEqualTo(Fate.UNKNOWN);
    assertThat(group.node(2).state()).containsExactly("y");
  }

  @Test
  void aWriteThatWasAcknowledgedBeforeItWasCommittedIsLost() {
    LocalGroup group = group(deviation("acknowledge-before-commit"));
    assertThat(leaderDiesAlone(group).fate()).isEqualTo(Fate.APPLIED);
    assertThat(group.node(2).state()).containsExactly("y");
  }

  private static LocalNode.Proposal leaderDiesAlone(LocalGroup group) {
    LocalNode leader = group.elect(1);
    group.isolate(leader);
    LocalNode.Proposal proposal = leader.propose("x");
    leader.crash();
    group.favour(group.node(2));
    group.run(ELECTION);
    group.healAll();
    group.node(2).propose("y");
    group.run(SHORT);
    return proposal;
  }

  private static LocalGroup group(Supplier<RaftPolicy> policy) {
    return LocalGroup.of(3).policy(policy).start();
  }
}
