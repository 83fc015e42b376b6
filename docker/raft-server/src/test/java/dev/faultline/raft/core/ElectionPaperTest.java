package dev.faultline.raft.core;

import static dev.faultline.raft.core.Solo.ELECTION_NANOS;
import static dev.faultline.raft.core.Solo.N1;
import static dev.faultline.raft.core.Solo.N2;
import static dev.faultline.raft.core.Solo.N3;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.raft.core.Message.AppendRequest;
import dev.faultline.raft.core.Message.AppendResponse;
import dev.faultline.raft.core.Message.VoteRequest;
import dev.faultline.raft.core.Message.VoteResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One test for each claim that paper and thesis make of elections. */
class ElectionPaperTest {

  // ---- paper, section 5.2

  @Test
  void aNodeStartsAsAFollowerInItsDurableTerm() {
    RaftStatus status = Solo.booted(3, new HardState(7, N2), 1, 7).status();
    assertThat(status.role()).isEqualTo(Role.FOLLOWER);
    assertThat(status.term()).isEqualTo(7);
    assertThat(status.lastLogIndex()).isEqualTo(2);
  }

  @Test
  void aFollowerThatHearsNothingAsksForPreVotesInTheNextTerm() {
    Solo solo = Solo.booted(3, new HardState(4, null), 2, 4);
    assertThat(solo.pass(ELECTION_NANOS - 1).effects()).isEmpty();
    assertThat(solo.pass(1).sent(VoteRequest.class))
        .containsExactly(new VoteRequest(5, 2, 4, true), new VoteRequest(5, 2, 4, true));
    assertThat(solo.status().term()).as("a pre-vote leaves the term alone").isEqualTo(4);
    assertThat(solo.all(Effect.Persist.class)).isEmpty();
  }

  @Test
  void electionTimeoutsAreSpreadFromOneToTwoElectionTimeouts() {
    TreeSet<Long> deadlines = new TreeSet<>();
    for (long i = 0; i < 1000; i++) {
      deadlines.add(
          new RaftCore(
                  N1,
                  new Configuration(new TreeSet<>(Set.of(N1, N2, N3))),
                  Solo.CONFIG,
                  new RaftPolicy(),
                  new BootState(HardState.INITIAL, List.of(), 1),
                  0,
                  i * 0x9e3779b97f4a7c15L)
              .nextDeadlineNanos());
    }
    assertThat(deadlines).hasSizeGreaterThan(990);
    assertThat(deadlines.first()).isBetween(ELECTION_NANOS, ELECTION_NANOS * 11 / 10);
    assertThat(deadlines.last()).isBetween(ELECTION_NANOS * 19 / 10, 2 * ELECTION_NANOS);
  }

  @Test
  void aHeartbeatPutsTheElectionOff() {
    Solo solo = Solo.fresh(3);
    solo.pass(ELECTION_NANOS / 2).receive(N2, new AppendRequest(1, 0, 0, List.of(), 0, 1));
    assertThat(solo.core().nextDeadlineNanos()).isEqualTo(solo.nowNanos() + ELECTION_NANOS);
  }

  @Test
  void aCandidateAsksForVotesOnlyWhenItsTermAndVoteAreDurable() {
    Solo solo = Solo.fresh(3).stand();
    assertThat(solo.status().role()).isEqualTo(Role.CANDIDATE);
    solo = Solo.fresh(3);
    solo.pass(ELECTION_NANOS).receive(N2, new VoteResponse(1, true, true));
    assertThat(solo.sent(VoteRequest.class)).isEmpty();
    assertThat(solo.all(Effect.Persist.class))
        .containsExactly(new Effect.Persist(1, new HardState(1, N1), List.of()));
    assertThat(solo.persisted().sent(VoteRequest.class))
        .containsExactly(new VoteRequest(1, 0, 0, false), new VoteRequest(1, 0, 0, false));
  }

  @Test
  void aMajorityOfVotesElects() {
    Solo solo = Solo.fresh(5).stand().persisted();
    solo.receive(N2, new VoteResponse(1, true, false));
    assertThat(solo.status().role()).isEqualTo(Role.CANDIDATE);
    solo.receive(N3, new VoteResponse(1, true, false));
    assertThat(solo.status().role()).isEqualTo(Role.LEADER);
    assertThat(solo.all(Effect.RoleChanged.class))
        .containsExactly(new Effect.RoleChanged(Role.LEADER, 1, N1));
  }

  @Test
  void aVoteThatComesTwiceCountsOnce() {
    Solo solo = Solo.fresh(5).stand().persisted();
    solo.receive(N2, new VoteResponse(1, true, false));
    solo.receive(N2, new VoteResponse(1, true, false));
    assertThat(solo.status().role()).isEqualTo(Role.CANDIDATE);
  }

  @Test
  void aCandidatesOwnVoteCountsOnlyWhenItIsDurable() {
    Solo solo = Solo.fresh(3).stand();
    // A vote from a peer cannot come before the request; if it did, one vote is no majority.
    solo.receive(N2, new VoteResponse(1, true, false));
    assertThat(solo.status().role()).isEqualTo(Role.CANDIDATE);
    assertThat(solo.persisted().status().role()).isEqualTo(Role.LEADER);
  }

  @Test
  void votesOfAnEarlierTermDoNotCount() {
    Solo solo = Solo.fresh(3).stand().persisted();
    solo.stand().persisted();
    assertThat(solo.status().term()).isEqualTo(2);
    solo.receive(N2, new VoteResponse(1, true, false));
    assertThat(solo.status().role()).isEqualTo(Role.CANDIDATE);
  }

  @Test
  void preVotesAndRefusalsAndStrangersDoNotElect() {
    Solo solo = Solo.fresh(3).stand().persisted();
    solo.receive(N2, new VoteResponse(1, true, true));
    solo.receive(N2, new VoteResponse(1, false, false));
    solo.receive(new NodeId("n9"), new VoteResponse(1, true, false));
    assertThat(solo.status().role()).isEqualTo(Role.CANDIDATE);
  }

  @Test
  void aCandidateFollowsTheLeaderOfItsTerm() {
    Solo solo = Solo.fresh(3).stand().persisted();
    solo.receive(N2, new AppendRequest(1, 0, 0, List.of(), 0, 1));
    assertThat(solo.status().role()).isEqualTo(Role.FOLLOWER);
    assertThat(solo.status().leader()).isEqualTo(N2);
  }

  @Test
  void aVoteIsSentOnlyWhenItIsDurable() {
    Solo solo = Solo.fresh(3).receive(N2, new VoteRequest(1, 0, 0, false));
    assertThat(solo.sent(VoteResponse.class)).isEmpty();
    assertThat(solo.persisted().sentTo(N2, VoteResponse.class))
        .containsExactly(new VoteResponse(1, true, false));
  }

  @Test
  void aVoteOfATermThatIsOverIsNotSent() {
    Solo solo = Solo.fresh(3).receive(N2, new VoteRequest(1, 0, 0, false));
    long firstWrite = solo.lastPersist();
    solo.receive(N3, new VoteRequest(2, 0, 0, false));
    assertThat(solo.step(new Input.Persisted(firstWrite)).sent(VoteResponse.class)).isEmpty();
    assertThat(solo.persisted().sentTo(N3, VoteResponse.class))
        .containsExactly(new VoteResponse(2, true, false));
  }

  @Test
  void aNodeVotesForOneCandidateInATerm() {
    Solo solo = Solo.fresh(3).receive(N2, new VoteRequest(1, 0, 0, false)).persisted();
    assertThat(solo.receive(N3, new VoteRequest(1, 9, 1, false)).sent(VoteResponse.class))
        .containsExactly(new VoteResponse(1, false, false));
    assertThat(solo.receive(N2, new VoteRequest(1, 0, 0, false)).sent(VoteResponse.class))
        .as("the same one may ask again")
        .containsExactly(new VoteResponse(1, true, false));
  }

  @Test
  void aVoteOutlivesARestart() {
    Solo solo = Solo.booted(3, new HardState(5, N2));
    assertThat(solo.receive(N3, new VoteRequest(5, 9, 5, false)).sent(VoteResponse.class))
        .containsExactly(new VoteResponse(5, false, false));
  }

  @Test
  void aLeaderThatStepsDownWithinItsTermKeepsItsVote() {
    Solo solo = Solo.fresh(3).lead();
    solo.pass(2 * ELECTION_NANOS);
    assertThat(solo.status().role()).isEqualTo(Role.FOLLOWER);
    assertThat(solo.receive(N2, new VoteRequest(1, 99, 1, false)).sent(VoteResponse.class))
        .containsExactly(new VoteResponse(1, false, false));
  }

  // ---- paper, section 5.1

  @Test
  void whoeverLearnsOfALaterTermFollows() {
    Solo solo = Solo.fresh(3).lead();
    solo.receive(N2, new AppendResponse(9, false, 0, 0, 0, 0));
    assertThat(solo.status().role()).isEqualTo(Role.FOLLOWER);
    assertThat(solo.status().term()).isEqualTo(9);
  }

  @Test
  void aLeaderOfAnEarlierTermIsToldOfTheLaterOne() {
    Solo solo = Solo.booted(3, new HardState(6, null));
    assertThat(
            solo.receive(N2, new AppendRequest(5, 0, 0, Solo.entries(1, 5), 1, 3))
                .sentTo(N2, AppendResponse.class))
        .containsExactly(new AppendResponse(6, false, 0, 0, 0, 3));
    assertThat(solo.status().lastLogIndex()).isZero();
  }

  @Test
  void aSecondLeaderInATermIsAnError() {
    Solo solo = Solo.fresh(3).lead();
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> solo.receive(N2, new AppendRequest(1, 0, 0, List.of(), 0, 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("two leaders in term 1");
  }

  // ---- paper, section 5.4.1

  @ParameterizedTest
  @CsvSource({
    "3, 3, true",
    "2, 3, false",
    "4, 3, true",
    "9, 2, false",
    "1, 4, true",
    "3, 2, false"
  })
  void aVoterRefusesACandidateWhoseLogIsBehindItsOwn(
      long lastIndex, long lastTerm, boolean granted) {
    Solo solo = Solo.booted(3, new HardState(4, null), 1, 2, 3);
    solo.receive(N2, new VoteRequest(5, lastIndex, lastTerm, true));
    assertThat(solo.sent(VoteResponse.class).getFirst().granted()).isEqualTo(granted);
    solo.receive(N2, new VoteRequest(5, lastIndex, lastTerm, false)).persisted();
    boolean voted = solo.core().status().term() == 5 && grantedAgain(solo, lastIndex, lastTerm);
    assertThat(voted).isEqualTo(granted);
  }

  private static boolean grantedAgain(Solo solo, long lastIndex, long lastTerm) {
    return solo.receive(N2, new VoteRequest(5, lastIndex, lastTerm, false))
        .sent(VoteResponse.class)
        .getFirst()
        .granted();
  }

  // ---- thesis, sections 4.2.3 and 9.6: PreVote and stickiness

  @Test
  void aNodeThatHearsALeaderRefusesPreVotesAndOverhearsVoteRequests() {
    Solo solo = Solo.fresh(3).receive(N2, new AppendRequest(1, 0, 0, List.of(), 0, 1)).persisted();
    solo.pass(ELECTION_NANOS - 1);
    assertThat(solo.receive(N3, new VoteRequest(2, 9, 1, true)).sent(VoteResponse.class))
        .containsExactly(new VoteResponse(1, false, true));
    assertThat(solo.receive(N3, new VoteRequest(8, 9, 1, false)).effects()).isEmpty();
    assertThat(solo.status().term()).isEqualTo(1);
  }

  @Test
  void aNodeThatHeardNoLeaderForAnElectionTimeoutGrantsPreVotes() {
    Solo solo = Solo.fresh(3).receive(N2, new AppendRequest(1, 0, 0, List.of(), 0, 1)).persisted();
    solo.pass(ELECTION_NANOS);
    assertThat(solo.receive(N3, new VoteRequest(2, 9, 1, true)).sent(VoteResponse.class))
        .containsExactly(new VoteResponse(2, true, true));
    assertThat(solo.status().term()).isEqualTo(1);
    assertThat(solo.all(Effect.Persist.class)).isEmpty();
  }

  @Test
  void aNodeThatWasCutOffDoesNotDeposeTheLeaderWhenItComesBack() {
    LocalGroup group = LocalGroup.of(3).start();
    LocalNode leader = group.elect(1);
    group.favourNobody();
    group.isolate(group.node(3));
    group.run(Duration.ofSeconds(2));
    group.network().heal();
    group.run(Duration.ofSeconds(1));
    assertThat(leader.isLeader()).isTrue();
    assertThat(leader.status().term()).isEqualTo(1);
    assertThat(group.node(3).status().leader()).isEqualTo(N1);
  }

  @Test
  void aNodeWithALaterTermGetsBackIn() {
    LocalGroup group = LocalGroup.of(3).start();
    group.elect(1);
    group.favourNobody();
    group.node(3).step(new Input.Receive(N2, new AppendResponse(50, false, 0, 0, 0, 0)));
    group.runUntil(
        "all follow one leader again",
        () ->
            group.leader().isPresent()
                && group.nodes().stream()
                    .allMatch(node -> group.leader().get().id().equals(node.status().leader())),
        Duration.ofSeconds(2));
    assertThat(group.leader().orElseThrow().status().term()).isGreaterThanOrEqualTo(50);
  }

  // ---- thesis, section 6.2: CheckQuorum

  @Test
  void aLeaderStepsDownWhenNoMajorityAnswersForAnElectionTimeout() {
    Solo solo = Solo.fresh(5).lead();
    solo.pass(ELECTION_NANOS / 2).acknowledge(N2, 0, 0).acknowledge(N3, 0, 0);
    solo.pass(ELECTION_NANOS / 2);
    assertThat(solo.status().role()).isEqualTo(Role.LEADER);
    solo.pass(ELECTION_NANOS / 2 - 1);
    assertThat(solo.status().role()).isEqualTo(Role.LEADER);
    assertThat(solo.pass(1).status().role()).isEqualTo(Role.FOLLOWER);
    assertThat(solo.status().term()).isEqualTo(1);
  }

  @Test
  void aLeaderThatIsCutOffStepsDownAndTheOthersElectAnother() {
    LocalGroup group = LocalGroup.of(5).start();
    LocalNode leader = group.elect(1);
    group.isolate(leader);
    group.favour(group.node(2));
    group.run(Duration.ofMillis(500));
    assertThat(leader.isLeader()).isFalse();
    assertThat(group.node(2).isLeader()).isTrue();
  }

  @Test
  void aLeaderThatHearsNobodyButIsHeardMakesWay() {
    LocalGroup group = LocalGroup.of(3).start();
    LocalNode leader = group.elect(1);
    group.network().cut(N2, N1);
    group.network().cut(N3, N1);
    group.favour(group.node(2));
    group.run(Duration.ofMillis(700));
    assertThat(leader.isLeader()).isFalse();
    assertThat(group.node(2).isLeader()).isTrue();
  }

  // ---- small clusters

  @Test
  void aSingleNodeElectsItselfAndCommitsWhatIsDurable() {
    Solo solo = Solo.fresh(1).pass(ELECTION_NANOS);
    assertThat(solo.status().role()).isEqualTo(Role.CANDIDATE);
    assertThat(solo.persisted().status().role()).isEqualTo(Role.LEADER);
    assertThat(solo.propose("x").applied()).isEmpty();
    assertThat(solo.persisted().applied()).containsExactly(1L, 2L);
    assertThat(solo.read(7).all(Effect.ReadReady.class))
        .containsExactly(new Effect.ReadReady(7, 2));
    assertThat(solo.pass(Duration.ofSeconds(9)).status().role()).isEqualTo(Role.LEADER);
  }
}
