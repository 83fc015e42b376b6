package dev.faultline.raft.core;

import static dev.faultline.raft.core.Solo.ELECTION_NANOS;
import static dev.faultline.raft.core.Solo.HEARTBEAT_NANOS;
import static dev.faultline.raft.core.Solo.N1;
import static dev.faultline.raft.core.Solo.N2;
import static dev.faultline.raft.core.Solo.N3;
import static dev.faultline.raft.core.Solo.entries;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.raft.core.Message.AppendRequest;
import dev.faultline.raft.core.Message.AppendResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One test for each claim that paper and thesis make of log replication. */
class ReplicationPaperTest {

  // ---- the leader's side

  @Test
  void aNewLeaderOpensItsTermWithAnEntryOfItsOwn() {
    Solo solo = Solo.booted(3, new HardState(2, null), 1, 2).stand().persisted();
    solo.receive(N2, new Message.VoteResponse(3, true, false));
    assertThat(solo.sentTo(N2, AppendRequest.class))
        .containsExactly(
            new AppendRequest(3, 2, 2, List.of(new Entry(3, 3, new Payload.NoOp())), 0, 0));
  }

  @Test
  void aLeaderReplicatesBeforeItsOwnDiskIsDone() {
    Solo solo = Solo.fresh(3).leadAndCommit(N2).propose("x");
    assertThat(solo.sentTo(N2, AppendRequest.class)).hasSize(1);
    assertThat(solo.all(Effect.Appended.class)).hasSize(1);
    assertThat(solo.all(Effect.Persist.class)).hasSize(1);
  }

  @Test
  void aLeadersOwnCopyCountsOnlyWhenItIsDurable() {
    Solo solo = Solo.fresh(3).leadAndCommit(N2).propose("x");
    assertThat(solo.acknowledge(N2, 2, 0).applied()).isEmpty();
    assertThat(solo.persisted().applied()).containsExactly(2L);
  }

  @Test
  void twoFollowersCommitWithoutTheLeadersDisk() {
    Solo solo = Solo.fresh(3).leadAndCommit(N2).propose("x");
    assertThat(solo.acknowledge(N2, 2, 0).acknowledge(N3, 2, 0).applied()).containsExactly(2L);
  }

  @Test
  void aLeaderCommitsOnlyByCountingEntriesOfItsOwnTerm() {
    // Figure 8: entry 2 of term 2 is on a majority, and may still be overwritten.
    Solo solo = Solo.booted(5, new HardState(3, null), 1, 2).lead();
    assertThat(solo.status().term()).isEqualTo(4);
    solo.acknowledge(N2, 2, 0).acknowledge(N3, 2, 0);
    assertThat(solo.status().commitIndex()).isZero();
    solo.acknowledge(N2, 3, 0);
    assertThat(solo.acknowledge(N3, 3, 0).applied()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aMatchIndexNeverFalls() {
    Solo solo = Solo.fresh(3).leadAndCommit(N2).propose("x").persisted();
    solo.acknowledge(N2, 2, 0).acknowledge(N2, 1, 0);
    assertThat(solo.status().commitIndex()).isEqualTo(2);
    assertThat(solo.propose("y").sentTo(N2, AppendRequest.class).getFirst().prevLogIndex())
        .isEqualTo(2);
  }

  @Test
  void anAcknowledgementBeyondTheLogIsAnError() {
    Solo solo = Solo.fresh(3).lead();
    assertThatThrownBy(() -> solo.acknowledge(N2, 99, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("acknowledges entry 99");
  }

  @Test
  void followersHearOfACommitAtOnce() {
    Solo solo = Solo.fresh(3).leadAndCommit(N2, N3).propose("x").persisted();
    assertThat(solo.acknowledge(N2, 2, 0).sentTo(N2, AppendRequest.class))
        .containsExactly(new AppendRequest(1, 2, 1, List.of(), 2, 0));
    assertThat(solo.acknowledge(N3, 2, 0).sent(AppendRequest.class)).as("once is enough").isEmpty();
  }

  @Test
  void aLeaderSendsAheadOfTheAnswersUpToALimit() {
    Solo solo = Solo.fresh(3).leadAndCommit(N2);
    int sent = 0;
    for (int i = 0; i < 40; i++) {
      sent += solo.propose("x").sentTo(N2, AppendRequest.class).size();
    }
    assertThat(sent).isEqualTo(Solo.CONFIG.maxInflight());
    assertThat(solo.acknowledge(N2, 2, 0).sentTo(N2, AppendRequest.class))
        .singleElement()
        .satisfies(request -> {
          assertThat(request.prevLogIndex()).isEqualTo(17);
          assertThat(request.entries()).as("the others share a request").hasSize(24);
        });
  }

  @Test
  void aLongLogIsAppliedInSeveralStepsWithNoTimeBetweenThem() {
    int size = RaftCore.MAX_APPLIES_PER_STEP + 1;
    long[] terms = new long[size];
    Arrays.fill(terms, 1);
    Solo solo = Solo.booted(3, new HardState(1, null), terms);
    solo.receive(N2, new AppendRequest(1, size, 1, List.of(), size, 1));
    assertThat(solo.all(Effect.Apply.class)).hasSize(RaftCore.MAX_APPLIES_PER_STEP);
    assertThat(solo.core().nextDeadlineNanos()).isEqualTo(solo.nowNanos());
    assertThat(solo.pass(0).all(Effect.Apply.class)).hasSize(1);
    assertThat(solo.core().nextDeadlineNanos()).isGreaterThan(solo.nowNanos());
  }

  @Test
  void aBatchHasAsManyEntriesAsFit() {
    RaftConfig config =
        new RaftConfig(
            Solo.CONFIG.heartbeat(),
            Solo.CONFIG.electionTimeout(),
            140, // Two entries of 4 bytes each, with what they take besides.
            16,
            Solo.CONFIG.requestTimeout());
    Solo solo = Solo.configured(3, config, new RaftPolicy(), 1).leadAndCommit(N2);
    Input[] proposals =
        IntStream.rangeClosed(1, 4)
            .mapToObj(i -> new Input.Propose(i, new byte[i == 4 ? 100 : 4]))
            .toArray(Input[]::new);
    assertThat(solo.step(proposals).sentTo(N2, AppendRequest.class))
        .extracting(request -> request.entries().size())
        .containsExactly(2, 1, 1);
    assertThat(solo.all(Effect.Persist.class))
        .as("one step, one write")
        .singleElement()
        .satisfies(persist -> assertThat(persist.entries()).hasSize(4));
  }

  @Test
  void aLeaderGoesBackToWhereTheLogsPart() {
    Solo solo = Solo.booted(3, new HardState(6, null), 1, 1, 1, 4, 4, 5, 5, 6, 6).lead();
    // The follower has three entries of term 1 and then four of term 2: the paper's figure 7 (f).
    solo.receive(N2, new AppendResponse(7, false, 0, 2, 4, 0));
    assertThat(solo.sentTo(N2, AppendRequest.class))
        .singleElement()
        .satisfies(request -> assertThat(request.prevLogIndex()).isEqualTo(3));
  }

  @Test
  void aLeaderThatHasTheTermInConflictGoesBackToItsEnd() {
    Solo solo = Solo.booted(3, new HardState(6, null), 1, 1, 1, 4, 4, 5, 5, 6, 6).lead();
    // The follower has seven more of term 4 where this log has those of terms 5 and 6.
    solo.receive(N2, new AppendResponse(7, false, 0, 4, 4, 0));
    assertThat(solo.sentTo(N2, AppendRequest.class))
        .singleElement()
        .satisfies(request -> assertThat(request.prevLogIndex()).isEqualTo(5));
  }

  @Test
  void aLateRefusalDoesNotTakeTheLeaderBackBeforeWhatIsKnownToMatch() {
    Solo solo = Solo.booted(3, new HardState(1, null), 1, 1, 1).leadAndCommit(N2);
    solo.receive(N2, new AppendResponse(2, false, 0, 0, 1, 0));
    assertThat(solo.sent(AppendRequest.class)).isEmpty();
    assertThat(solo.propose("x").sentTo(N2, AppendRequest.class).getFirst().prevLogIndex())
        .isEqualTo(4);
  }

  @Test
  void requestsThatGotLostAreSentAgainAfterAHeartbeat() {
    LocalGroup group = LocalGroup.of(3).start();
    LocalNode leader = group.elect(1);
    group
        .network()
        .drop((link, message) ->
            message instanceof AppendRequest request && !request.entries().isEmpty());
    for (int i = 0; i < 30; i++) {
      leader.propose("x" + i);
    }
    group.run(Duration.ofMillis(2));
    group.network().heal();
    group.run(Duration.ofMillis(40));
    assertThat(group.nodes()).allSatisfy(node -> assertThat(node.state()).hasSize(30));
  }

  @Test
  void heartbeatsGoOutOnTime() {
    Solo solo = Solo.fresh(3).leadAndCommit(N2, N3);
    assertThat(solo.core().nextDeadlineNanos()).isEqualTo(solo.nowNanos() + HEARTBEAT_NANOS);
    assertThat(solo.pass(HEARTBEAT_NANOS).sent(AppendRequest.class)).hasSize(2);
    assertThat(solo.core().nextDeadlineNanos()).isEqualTo(solo.nowNanos() + HEARTBEAT_NANOS);
  }

  // ---- the follower's side

  private static AppendRequest append(
      long term, long prevIndex, long prevTerm, List<Entry> entries, long commit) {
    return new AppendRequest(term, prevIndex, prevTerm, entries, commit, 1);
  }

  @Test
  void aFollowerRefusesWhatDoesNotFollowItsLogAndSaysWhereItEnds() {
    Solo solo = Solo.booted(3, new HardState(1, null), 1, 1);
    assertThat(solo.receive(N2, append(1, 5, 1, entries(6, 1), 6)).sentTo(N2, AppendResponse.class))
        .containsExactly(new AppendResponse(1, false, 0, 0, 3, 1));
    assertThat(solo.status().commitIndex()).isZero();
  }

  @Test
  void aFollowerRefusesAnotherTermAndSaysWhereThatTermBegins() {
    Solo solo = Solo.booted(3, new HardState(4, null), 1, 2, 2, 2);
    assertThat(solo.receive(N2, append(4, 4, 3, List.of(), 0)).sentTo(N2, AppendResponse.class))
        .containsExactly(new AppendResponse(4, false, 0, 2, 2, 1));
  }

  @Test
  void aFollowerAcknowledgesOnlyWhatIsDurable() {
    Solo solo = Solo.booted(3, new HardState(1, null));
    solo.receive(N2, append(1, 0, 0, entries(1, 1, 1), 0));
    assertThat(solo.sent(AppendResponse.class)).isEmpty();
    assertThat(solo.persisted().sentTo(N2, AppendResponse.class))
        .containsExactly(new AppendResponse(1, true, 2, 0, 0, 1));
  }

  @Test
  void aFollowerAcknowledgesNothingInATermThatIsNotDurable() {
    Solo solo = Solo.booted(3, new HardState(1, null), 1);
    assertThat(solo.receive(N2, append(2, 1, 1, List.of(), 0)).sent(AppendResponse.class))
        .isEmpty();
    assertThat(solo.persisted().sent(AppendResponse.class))
        .containsExactly(new AppendResponse(2, true, 1, 0, 0, 1));
  }

  @Test
  void aHeartbeatIsAnsweredWhileTheDiskIsBusyWithEntries() {
    Solo solo = Solo.booted(3, new HardState(1, null), 1);
    solo.receive(N2, append(1, 1, 1, entries(2, 1), 0));
    assertThat(
            solo.receive(N2, new AppendRequest(1, 2, 1, List.of(), 0, 9))
                .sent(AppendResponse.class))
        .containsExactly(new AppendResponse(1, true, 1, 0, 0, 9));
  }

  @Test
  void aWriteVouchesOnlyForTheEntriesThatItWrote() {
    // The ABA race: entries of term 1 are being written while others of term 2 take their place.
    Solo solo = Solo.booted(3, new HardState(1, null));
    solo.receive(N2, append(1, 0, 0, entries(1, 1, 1), 0));
    solo.receive(N3, append(2, 0, 0, List.of(), 0));
    long termWritten = solo.lastPersist();
    solo.receive(N3, append(2, 0, 0, entries(1, 2, 2), 0));
    assertThat(solo.step(new Input.Persisted(termWritten)).sentTo(N3, AppendResponse.class))
        .as("the heartbeat is answered; the disk has two entries, neither of them the leader's")
        .containsExactly(new AppendResponse(2, true, 0, 0, 0, 1));
    assertThat(solo.persisted().sentTo(N3, AppendResponse.class))
        .containsExactly(new AppendResponse(2, true, 2, 0, 0, 1));
  }

  @Test
  void aConflictingEntryGoesWithAllThatFollowIt() {
    Solo solo = Solo.booted(3, new HardState(3, null), 1, 2, 2, 2);
    solo.receive(N2, append(3, 1, 1, entries(2, 3), 0));
    assertThat(solo.status().lastLogIndex()).isEqualTo(2);
    assertThat(solo.all(Effect.Persist.class))
        .containsExactly(new Effect.Persist(1, null, entries(2, 3)));
  }

  @Test
  void aLateRequestCutsNothingOff() {
    Solo solo = Solo.booted(3, new HardState(1, null));
    solo.receive(N2, append(1, 0, 0, entries(1, 1, 1, 1), 0)).persisted();
    solo.receive(N2, append(1, 0, 0, entries(1, 1), 0));
    assertThat(solo.status().lastLogIndex()).isEqualTo(3);
    assertThat(solo.all(Effect.Persist.class)).isEmpty();
  }

  @Test
  void aFollowerCommitsOnlyUpToWhatTheRequestMatched() {
    // Entries 2 and 3 may be those of a leader that was deposed.
    Solo solo = Solo.booted(3, new HardState(3, null), 1, 2, 2);
    assertThat(solo.receive(N2, append(3, 1, 1, List.of(), 3)).applied()).containsExactly(1L);
  }

  @Test
  void aFollowerVouchesOnlyForWhatTheLeaderVerified() {
    Solo solo = Solo.booted(3, new HardState(3, null), 1, 2, 2);
    assertThat(solo.receive(N2, append(3, 1, 1, List.of(), 0)).sent(AppendResponse.class))
        .containsExactly(new AppendResponse(3, true, 1, 0, 0, 1));
  }

  @Test
  void aCommittedEntryIsNeverRemoved() {
    Solo solo = Solo.booted(3, new HardState(1, null), 1);
    solo.receive(N2, append(1, 1, 1, List.of(), 1));
    assertThatThrownBy(() -> solo.receive(N3, append(2, 0, 0, entries(1, 2), 0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("committed");
  }

  @Test
  void aFollowerAppliesOnceAndInOrder() {
    Solo solo = Solo.booted(3, new HardState(1, null));
    solo.receive(N2, append(1, 0, 0, entries(1, 1, 1, 1), 2));
    assertThat(solo.applied()).containsExactly(1L, 2L);
    solo.receive(N2, append(1, 0, 0, entries(1, 1, 1, 1), 3));
    assertThat(solo.applied()).containsExactly(3L);
    solo.receive(N2, append(1, 0, 0, entries(1, 1), 1));
    assertThat(solo.status().commitIndex()).as("the commit index never falls").isEqualTo(3);
  }

  @Test
  void aPreCandidateStillAnswersTheLeaderOfItsTerm() {
    Solo solo = Solo.booted(3, new HardState(1, null));
    solo.receive(N2, append(1, 0, 0, entries(1, 1), 0)).pass(ELECTION_NANOS);
    assertThat(solo.status().role()).isEqualTo(Role.PRE_CANDIDATE);
    assertThat(solo.persisted().sentTo(N2, AppendResponse.class)).hasSize(1);
  }

  @Test
  void aFinishedWriteThatWasNeverAskedForIsAnError() {
    assertThatThrownBy(() -> Solo.fresh(3).step(new Input.Persisted(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("write 1 is done");
  }

  @Test
  void aLogWithGapsOrOfALaterTermIsRefusedAtBoot() {
    assertThatThrownBy(() ->
            new RaftCore(
                N1,
                new Configuration(new java.util.TreeSet<>(List.of(N1))),
                Solo.CONFIG,
                new RaftPolicy(),
                new BootState(new HardState(1, null), entries(2, 1), 1),
                0,
                0))
        .hasMessageContaining("entry 2");
    assertThatThrownBy(() -> Solo.booted(3, new HardState(1, null), 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("beyond the stored term 1");
  }
}
