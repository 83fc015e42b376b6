package dev.faultline.raft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.faultline.raft.core.NodeId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RaftServerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path directory;

  @SuppressWarnings("NullAway.Init") // Every test begins with startGroup.
  private RaftGroup group;

  private void startGroup(int size) throws IOException {
    group = new RaftGroup(directory, size);
  }

  @AfterEach
  void stop() throws IOException {
    assertThat(group.fatalErrors()).isEmpty();
    group.close();
  }

  @Test
  void aSingleNodeAnswersAndRemembers() throws Exception {
    startGroup(1);
    NodeId only = group.nodes().getFirst();
    assertThat(propose(only, "a")).isEqualTo(1);
    assertThat(propose(only, "b")).isEqualTo(2);

    group.stop(only);
    group.start(only);

    assertThat(propose(only, "c")).isEqualTo(3);
    assertThat(group.member(only).journal().commands()).containsExactly("a", "b", "c");
  }

  @Test
  void everyNodeTakesProposalsAndAllApplyTheSame() throws Exception {
    startGroup(3);
    var answers = new ArrayList<CompletableFuture<Integer>>();
    awaitLeader();
    for (int i = 0; i < 300; i++) {
      NodeId node = group.nodes().get(i % 3);
      answers.add(submit(node, "v" + i).toCompletableFuture());
    }
    for (CompletableFuture<Integer> answer : answers) {
      answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    assertThat(answers.stream().map(CompletableFuture::join))
        .as("every command has a place of its own")
        .doesNotHaveDuplicates();
    awaitSameJournals(300);
  }

  @Test
  void aReadSeesWhatWasAnsweredBefore() throws Exception {
    startGroup(3);
    for (int i = 0; i < 10; i++) {
      propose(group.nodes().get(i % 3), "v" + i);
      NodeId reader = group.nodes().get((i + 1) % 3);
      long index =
          group
              .member(reader)
              .server()
              .readIndex()
              .toCompletableFuture()
              .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      Journal journal = group.member(reader).journal();
      assertThat(journal.appliedIndex()).isGreaterThanOrEqualTo(index);
      assertThat(journal.commands()).contains("v" + i);
    }
  }

  @Test
  void goesOnWithoutItsLeaderAndTakesItBack() throws Exception {
    startGroup(3);
    propose(group.nodes().getFirst(), "before");
    NodeId leader = awaitLeader();
    group.stop(leader);
    NodeId other = group.nodes().stream().filter(node -> !node.equals(leader)).findFirst().get();

    propose(other, "without");
    group.start(leader);

    awaitSameJournals(2);
    propose(leader, "after");
    awaitSameJournals(3);
    assertThat(group.member(leader).journal().commands())
        .containsExactly("before", "without", "after");
  }

  @Test
  void allNodesRememberAfterAllWereStopped() throws Exception {
    startGroup(3);
    for (int i = 0; i < 20; i++) {
      propose(group.nodes().get(i % 3), "v" + i);
    }
    for (NodeId node : group.nodes()) {
      group.stop(node);
    }
    for (NodeId node : group.nodes()) {
      group.start(node);
    }

    awaitSameJournals(20);
  }

  @Test
  void aLeaderWhoseMessagesAreStalledIsReplacedAndCatchesUp() throws Exception {
    startGroup(3);
    propose(group.nodes().getFirst(), "before");
    NodeId leader = awaitLeader();
    List<NodeId> others = group.nodes().stream().filter(node -> !node.equals(leader)).toList();
    others.forEach(other -> group.link(leader, other).stall());

    await().atMost(PATIENCE).until(() -> group.leader().filter(others::contains).isPresent());
    propose(others.getFirst(), "meanwhile");
    others.forEach(other -> group.link(leader, other).heal());

    awaitSameJournals(2);
    propose(leader, "after");
    awaitSameJournals(3);
  }

  @Test
  void aStoppedNodeRefusesDefinitely() throws Exception {
    startGroup(1);
    NodeId only = group.nodes().getFirst();
    propose(only, "a");
    RaftServer<Integer> server = group.member(only).server();
    group.stop(only);

    assertThat(failure(server.propose(new byte[0])))
        .isInstanceOfSatisfying(
            ProposalDroppedException.class, dropped -> assertThat(dropped.isDefinite()).isTrue());
    assertThat(failure(server.readIndex())).isInstanceOf(ReadDroppedException.class);
    server.close(); // Again.
  }

  @Test
  void refusesTooManyAndTooLargeProposalsDefinitely() throws Exception {
    startGroup(3);
    NodeId alone = group.nodes().getFirst();
    group.stop(group.nodes().get(1));
    group.stop(group.nodes().get(2));
    RaftServer<Integer> server = group.member(alone).server();
    var answers = new ArrayList<CompletableFuture<Integer>>();
    for (int i = 0; i < 5_001; i++) {
      answers.add(server.propose(bytes("v" + i)).toCompletableFuture());
    }

    assertThat(answers.stream().limit(5_000)).noneMatch(CompletableFuture::isDone);
    assertThat(failure(answers.getLast()))
        .isInstanceOf(ProposalDroppedException.class)
        .hasMessage("too many requests")
        .extracting(dropped -> ((ProposalDroppedException) dropped).isDefinite())
        .isEqualTo(true);
    assertThat(failure(server.propose(new byte[RaftServer.MAX_COMMAND_BYTES + 1])))
        .hasMessage("request is too large");
    group.stop(alone);
    assertThat(answers).allMatch(CompletableFuture::isCompletedExceptionally);
  }

  @Test
  void showsItsMetricsUnderEtcdsNames() throws Exception {
    startGroup(3);
    propose(group.nodes().getFirst(), "a");
    NodeId leader = awaitLeader();
    awaitSameJournals(1);

    String text = group.member(leader).metrics().render();

    assertThat(text)
        .contains("\netcd_server_has_leader 1\n")
        .contains("\netcd_server_is_leader 1\n")
        .containsPattern("\netcd_server_leader_changes_seen_total [1-9]")
        .containsPattern("\netcd_server_proposals_committed_total [2-9]")
        .containsPattern("\netcd_server_proposals_applied_total [2-9]")
        .contains("\netcd_server_proposals_pending 0\n")
        .contains("\netcd_server_proposals_failed_total 0\n")
        .containsPattern("\netcd_disk_wal_fsync_duration_seconds_count [1-9]")
        .contains("etcd_network_peer_round_trip_time_seconds_bucket{To=");
  }

  @Test
  void doesNotStartOnADamagedLog() throws Exception {
    startGroup(1);
    NodeId only = group.nodes().getFirst();
    propose(only, "a");
    propose(only, "b");
    group.stop(only);
    Path segment = directory.resolve("n1").resolve("wal-0000000000000001.log");
    byte[] bytes = Files.readAllBytes(segment);
    bytes[40] ^= 1;
    Files.write(segment, bytes);

    assertThatThrownBy(() -> group.start(only)).hasMessageContaining("the log is corrupt");
  }

  private NodeId awaitLeader() {
    return await().atMost(PATIENCE).until(group::leader, Optional::isPresent).orElseThrow();
  }

  private void awaitSameJournals(int size) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(group.members())
                .allSatisfy(member -> assertThat(member.journal().commands()).hasSize(size)));
    List<String> first = group.members().getFirst().journal().commands();
    assertThat(group.members())
        .allSatisfy(member -> assertThat(member.journal().commands()).isEqualTo(first));
  }

  private CompletionStage<Integer> submit(NodeId node, String command) {
    return group.member(node).server().propose(bytes(command));
  }

  private int propose(NodeId node, String command) throws Exception {
    return submit(node, command).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static Throwable failure(CompletionStage<?> stage) {
    return stage.toCompletableFuture().exceptionNow();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
