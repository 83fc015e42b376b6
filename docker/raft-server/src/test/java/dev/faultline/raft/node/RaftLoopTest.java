package dev.faultline.raft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.faultline.raft.core.Effect;
import dev.faultline.raft.core.Entry;
import dev.faultline.raft.core.Input;
import dev.faultline.raft.core.Message;
import dev.faultline.raft.core.NodeId;
import dev.faultline.raft.core.Payload;
import dev.faultline.raft.core.ProposalId;
import dev.faultline.raft.core.RaftStatus;
import dev.faultline.raft.core.Role;
import dev.faultline.raft.metrics.Metrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The loop and its effects, around a core that follows a script. */
class RaftLoopTest {

  private static final NodeId SELF = new NodeId("n1");
  private static final NodeId PEER = new NodeId("n2");
  private static final long INCARNATION = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Intake<Integer> intake = new Intake<>(1 << 20);
  private final Journal journal = new Journal();
  private final List<Input> inputs = new CopyOnWriteArrayList<>();
  private final List<String> carriedOut = new CopyOnWriteArrayList<>();
  private final List<String> fatalErrors = new CopyOnWriteArrayList<>();
  private volatile long deadlineNanos = Long.MAX_VALUE;
  private RaftLoop<Integer> loop = loop(true, _ -> List.of());

  @AfterEach
  void stop() {
    intake.close();
    loop.join();
  }

  @Test
  void carriesEffectsOutInTheirOrder() {
    var message = new Message.VoteResponse(3, true, false);
    start(
        true,
        _ ->
            List.of(
                new Effect.Send(PEER, message),
                new Effect.Persist(1, null, List.of()),
                new Effect.Send(PEER, message)));
    intake.put(new Event.Persisted<>(1));

    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(carriedOut)
                .containsExactly(
                    "send VoteResponse to n2", "persist 1", "send VoteResponse to n2"));
  }

  @Test
  void numbersProposalsAndAnswersWhenTheyAreApplied() {
    start(true, RaftLoopTest::commitProposals);

    assertThat(propose("a")).succeedsWithin(PATIENCE).isEqualTo(1);
    assertThat(propose("b")).succeedsWithin(PATIENCE).isEqualTo(2);
    assertThat(journal.commands()).containsExactly("a", "b");
  }

  @Test
  void skipsDuplicatesAndNoOps() {
    start(
        true,
        _ ->
            List.of(
                new Effect.Apply(new Entry(1, 1, new Payload.NoOp()), false),
                new Effect.Apply(command(2, 1, "a"), false),
                new Effect.Apply(command(3, 1, "a"), true)));
    intake.put(new Event.Persisted<>(1));

    await().atMost(PATIENCE).until(() -> journal.appliedIndex() == 3);
    assertThat(journal.commands()).containsExactly("a");
  }

  @Test
  void nobodyWaitsForAProposalThatIsSkipped() {
    start(
        true,
        input ->
            input instanceof Input.Propose propose
                ? List.of(new Effect.Apply(command(1, propose.sequence(), "a"), true))
                : List.of());

    assertThat(dropped(propose("a")).isDefinite()).isFalse();
  }

  @Test
  void doesNotTakeAnotherIncarnationsProposalForItsOwn() {
    var old = new ProposalId(SELF, INCARNATION - 1, 1, 1);
    start(
        true,
        _ ->
            List.of(
                new Effect.Apply(new Entry(1, 1, new Payload.Command(old, bytes("old"))), false)));

    CompletableFuture<Integer> answer = propose("new");

    await().atMost(PATIENCE).until(() -> journal.commands().contains("old"));
    assertThat(answer).isNotDone();
  }

  @Test
  void answersWhatIsOnlyAppendedIfThePolicySaysSo() {
    Function<Input, List<Effect>> appendOnly =
        input ->
            input instanceof Input.Propose propose
                ? List.of(new Effect.Appended(command(1, propose.sequence(), "a")))
                : List.of();
    start(false, appendOnly);
    assertThat(propose("a")).succeedsWithin(PATIENCE).isEqualTo(1);
    assertThat(journal.commands()).as("a preview changes nothing").isEmpty();
  }

  @Test
  void waitsWithTheAnswerForWhatIsOnlyAppended() {
    start(
        true,
        input ->
            input instanceof Input.Propose propose
                ? List.of(new Effect.Appended(command(1, propose.sequence(), "a")))
                : List.of(new Effect.Send(PEER, new Message.VoteResponse(1, true, true))));
    CompletableFuture<Integer> answer = propose("a");
    await().atMost(PATIENCE).until(() -> !inputs.isEmpty());
    intake.put(new Event.Persisted<>(1));
    await().atMost(PATIENCE).until(() -> !carriedOut.isEmpty());

    assertThat(answer).isNotDone();
  }

  @Test
  void tellsWhetherADroppedProposalMayTakeEffect() {
    start(
        true,
        input ->
            input instanceof Input.Propose propose
                ? List.of(new Effect.ProposalDropped(propose.sequence(), propose.sequence() == 1))
                : List.of());

    assertThat(dropped(propose("a")).isDefinite()).isTrue();
    assertThat(dropped(propose("b")).isDefinite()).isFalse();
  }

  @Test
  void answersReads() {
    start(
        true,
        input ->
            input instanceof Input.Read(long token)
                ? List.of(token == 1 ? new Effect.ReadReady(1, 42) : new Effect.ReadDropped(token))
                : List.of());

    assertThat(read()).succeedsWithin(PATIENCE).isEqualTo(42L);
    CompletableFuture<Long> second = read();
    await().atMost(PATIENCE).until(second::isDone);
    assertThat(second.exceptionNow()).isInstanceOf(ReadDroppedException.class);
  }

  @Test
  void letsAWaitingMessageCountBeforeTheTime() {
    intake.put(new Event.Arrived<>(PEER, new Message.VoteResponse(1, true, false), 0));
    deadlineNanos = System.nanoTime(); // Long due when the loop begins, as after a pause.
    start(
        true,
        input -> {
          if (input instanceof Input.Tick) {
            deadlineNanos = Long.MAX_VALUE;
          }
          return List.of();
        });

    await().atMost(PATIENCE).until(() -> inputs.size() == 2);
    assertThat(inputs.get(0)).isInstanceOf(Input.Receive.class);
    assertThat(inputs.get(1)).isInstanceOf(Input.Tick.class);
  }

  @Test
  void aStateMachineThatThrowsIsFatalAndLeavesProposalsOpen() {
    start(true, _ -> List.of(new Effect.Apply(command(7, 1, "gap"), false)));

    ProposalDroppedException dropped = dropped(propose("a"));

    assertThat(dropped.isDefinite()).isFalse();
    assertThat(fatalErrors).singleElement().asString().contains("index 7 after 0");
    assertThat(intake.put(new Event.Persisted<>(1))).as("still takes anything in").isFalse();
  }

  private void start(boolean answersOnlyWhenApplied, Function<Input, List<Effect>> script) {
    loop = loop(answersOnlyWhenApplied, script);
    loop.start();
  }

  private RaftLoop<Integer> loop(
      boolean answersOnlyWhenApplied, Function<Input, List<Effect>> script) {
    var effects =
        new EffectRunner<>(
            SELF,
            INCARNATION,
            answersOnlyWhenApplied,
            (to, message) ->
                carriedOut.add("send " + message.getClass().getSimpleName() + " to " + to),
            persist -> carriedOut.add("persist " + persist.sequence()),
            journal,
            new NodeMetrics(new Metrics()));
    return new RaftLoop<>(
        "raft-loop-test",
        new ScriptedConsensus(script),
        intake,
        effects,
        RandomGenerator.getDefault(),
        (message, cause) -> fatalErrors.add(message));
  }

  private final class ScriptedConsensus implements Consensus {

    private final Function<Input, List<Effect>> script;

    ScriptedConsensus(Function<Input, List<Effect>> script) {
      this.script = script;
    }

    @Override
    public List<Effect> step(List<Input> batch, long nowNanos, long entropy) {
      inputs.addAll(batch);
      return batch.stream().flatMap(input -> script.apply(input).stream()).toList();
    }

    @Override
    public long nextDeadlineNanos() {
      return deadlineNanos;
    }

    @Override
    public RaftStatus status() {
      return new RaftStatus(SELF, Role.FOLLOWER, 1, null, 0, 0, 0, 0);
    }
  }

  private static List<Effect> commitProposals(Input input) {
    return input instanceof Input.Propose(long sequence, byte[] command)
        ? List.of(new Effect.Apply(command(sequence, sequence, Journal.text(command)), false))
        : List.of();
  }

  private CompletableFuture<Integer> propose(String command) {
    var answer = new CompletableFuture<Integer>();
    intake.put(new Event.Proposed<>(bytes(command), answer));
    return answer;
  }

  private CompletableFuture<Long> read() {
    var answer = new CompletableFuture<Long>();
    intake.put(new Event.ReadAsked<>(answer));
    return answer;
  }

  private static ProposalDroppedException dropped(CompletableFuture<Integer> answer) {
    await().atMost(PATIENCE).until(answer::isDone);
    return (ProposalDroppedException) answer.exceptionNow();
  }

  private static Entry command(long index, long sequence, String text) {
    var id = new ProposalId(SELF, INCARNATION, sequence, 1);
    return new Entry(index, 1, new Payload.Command(id, bytes(text)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
