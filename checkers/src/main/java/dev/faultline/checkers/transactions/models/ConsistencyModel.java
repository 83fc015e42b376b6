package dev.faultline.checkers.transactions.models;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A promise about what transactions, or single operations, may observe. */
public enum ConsistencyModel {
  READ_UNCOMMITTED("read-uncommitted", "PL-1"),
  READ_COMMITTED("read-committed", "PL-2"),
  CURSOR_STABILITY("cursor-stability", "PL-CS"),
  MONOTONIC_VIEW("monotonic-view", "PL-2L"),
  MONOTONIC_SNAPSHOT_READ("monotonic-snapshot-read", "PL-MSR"),
  MONOTONIC_ATOMIC_VIEW("monotonic-atomic-view"),
  READ_ATOMIC("read-atomic"),
  UPDATE_ATOMIC("update-atomic"),
  CAUSAL_CERONE("causal-cerone"),
  PREFIX("prefix"),
  PARALLEL_SNAPSHOT_ISOLATION("parallel-snapshot-isolation"),
  CONSISTENT_VIEW("consistent-view", "PL-2+"),
  FORWARD_CONSISTENT_VIEW("forward-consistent-view", "PL-FCV"),
  REPEATABLE_READ("repeatable-read", "PL-2.99"),
  SNAPSHOT_ISOLATION("snapshot-isolation", "PL-SI"),
  UPDATE_SERIALIZABLE("update-serializable", "PL-3U"),
  VIEW_SERIALIZABLE("view-serializable"),
  SERIALIZABLE("serializable", "PL-3", "conflict-serializable"),
  STRONG_SESSION_READ_UNCOMMITTED("strong-session-read-uncommitted", "strong-session-PL-1"),
  STRONG_SESSION_READ_COMMITTED("strong-session-read-committed", "strong-session-PL-2"),
  STRONG_SESSION_SNAPSHOT_ISOLATION("strong-session-snapshot-isolation"),
  STRONG_SESSION_SERIALIZABLE("strong-session-serializable"),
  STRONG_READ_UNCOMMITTED("strong-read-uncommitted", "strong-PL-1"),
  STRONG_READ_COMMITTED("strong-read-committed", "strong-PL-2"),
  STRONG_SNAPSHOT_ISOLATION("strong-snapshot-isolation"),
  STRICT_SERIALIZABLE("strict-serializable", "strong-serializable", "PL-SS"),
  SESSION_SERIALIZABLE("session-serializable"),
  ONE_COPY_SERIALIZABLE("1SR"),
  LINEARIZABLE("linearizable"),
  SEQUENTIAL("sequential"),
  CAUSAL("causal"),
  PRAM("PRAM"),
  WRITES_FOLLOW_READS("writes-follow-reads"),
  MONOTONIC_READS("monotonic-reads"),
  MONOTONIC_WRITES("monotonic-writes"),
  READ_YOUR_WRITES("read-your-writes");

  private final String word;

  @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
  private final List<String> aliases;

  ConsistencyModel(String word, String... aliases) {
    this.word = word;
    this.aliases = List.of(aliases);
  }

  /** Returns the name by which it is chosen and shown. */
  public String word() {
    return word;
  }

  /** Returns other names for it. */
  public List<String> aliases() {
    return aliases;
  }

  /** Returns the model called {@code name}, which may be an alias. */
  public static Optional<ConsistencyModel> named(String name) {
    return Arrays.stream(values())
        .filter(model -> model.word.equals(name) || model.aliases.contains(name))
        .findFirst();
  }

  /** Returns the models that this directly implies. */
  List<ConsistencyModel> implies() {
    return switch (this) {
      case READ_COMMITTED, STRONG_SESSION_READ_UNCOMMITTED -> List.of(READ_UNCOMMITTED);
      case CURSOR_STABILITY, MONOTONIC_VIEW, MONOTONIC_SNAPSHOT_READ, MONOTONIC_ATOMIC_VIEW ->
          List.of(READ_COMMITTED);
      case READ_ATOMIC -> List.of(MONOTONIC_ATOMIC_VIEW);
      case UPDATE_ATOMIC, CAUSAL_CERONE -> List.of(READ_ATOMIC);
      case PREFIX -> List.of(CAUSAL_CERONE);
      case PARALLEL_SNAPSHOT_ISOLATION -> List.of(CAUSAL_CERONE, UPDATE_ATOMIC);
      case CONSISTENT_VIEW -> List.of(MONOTONIC_VIEW, CURSOR_STABILITY);
      case FORWARD_CONSISTENT_VIEW -> List.of(CONSISTENT_VIEW);
      case REPEATABLE_READ -> List.of(CURSOR_STABILITY, MONOTONIC_ATOMIC_VIEW);
      case SNAPSHOT_ISOLATION ->
          List.of(
              FORWARD_CONSISTENT_VIEW,
              MONOTONIC_SNAPSHOT_READ,
              MONOTONIC_ATOMIC_VIEW,
              PARALLEL_SNAPSHOT_ISOLATION,
              PREFIX);
      case UPDATE_SERIALIZABLE -> List.of(FORWARD_CONSISTENT_VIEW);
      case SERIALIZABLE ->
          List.of(REPEATABLE_READ, UPDATE_SERIALIZABLE, SNAPSHOT_ISOLATION, VIEW_SERIALIZABLE);
      case STRONG_SESSION_READ_COMMITTED ->
          List.of(READ_COMMITTED, STRONG_SESSION_READ_UNCOMMITTED);
      case STRONG_SESSION_SNAPSHOT_ISOLATION ->
          List.of(SNAPSHOT_ISOLATION, STRONG_SESSION_READ_COMMITTED);
      case STRONG_SESSION_SERIALIZABLE -> List.of(SERIALIZABLE, STRONG_SESSION_SNAPSHOT_ISOLATION);
      case STRONG_READ_UNCOMMITTED -> List.of(STRONG_SESSION_READ_UNCOMMITTED);
      case STRONG_READ_COMMITTED -> List.of(STRONG_READ_UNCOMMITTED, STRONG_SESSION_READ_COMMITTED);
      case STRONG_SNAPSHOT_ISOLATION ->
          List.of(STRONG_READ_COMMITTED, STRONG_SESSION_SNAPSHOT_ISOLATION);
      case STRICT_SERIALIZABLE ->
          List.of(
              STRONG_SESSION_SERIALIZABLE,
              STRONG_SNAPSHOT_ISOLATION,
              LINEARIZABLE,
              SESSION_SERIALIZABLE);
      case SESSION_SERIALIZABLE -> List.of(ONE_COPY_SERIALIZABLE);
      case LINEARIZABLE -> List.of(SEQUENTIAL);
      case SEQUENTIAL -> List.of(CAUSAL);
      case CAUSAL -> List.of(PRAM, WRITES_FOLLOW_READS);
      case PRAM -> List.of(MONOTONIC_READS, MONOTONIC_WRITES, READ_YOUR_WRITES);
      case READ_UNCOMMITTED,
          VIEW_SERIALIZABLE,
          ONE_COPY_SERIALIZABLE,
          WRITES_FOLLOW_READS,
          MONOTONIC_READS,
          MONOTONIC_WRITES,
          READ_YOUR_WRITES ->
          List.of();
    };
  }

  /** Returns what this proscribes itself, beyond what weaker models proscribe. */
  List<Anomaly> proscribes() {
    return switch (this) {
      case READ_UNCOMMITTED ->
          List.of(
              Anomaly.G0,
              Anomaly.CYCLIC_VERSIONS,
              Anomaly.DUPLICATE_ELEMENTS,
              // Every read is of some version; one that nobody wrote has no place in any history.
              Anomaly.GARBAGE_READ);
      case READ_COMMITTED -> List.of(Anomaly.G1);
      case CURSOR_STABILITY -> List.of(Anomaly.G_CURSOR, Anomaly.LOST_UPDATE);
      case MONOTONIC_VIEW -> List.of(Anomaly.G_MONOTONIC);
      case MONOTONIC_SNAPSHOT_READ -> List.of(Anomaly.G_MSR);
      case READ_ATOMIC -> List.of(Anomaly.INTERNAL, Anomaly.FUTURE_READ);
      case UPDATE_ATOMIC -> List.of(Anomaly.LOST_UPDATE);
      case CONSISTENT_VIEW -> List.of(Anomaly.G_SINGLE);
      case FORWARD_CONSISTENT_VIEW -> List.of(Anomaly.G_SIB);
      case REPEATABLE_READ -> List.of(Anomaly.G2_ITEM, Anomaly.LOST_UPDATE);
      case SNAPSHOT_ISOLATION -> List.of(Anomaly.G_SI, Anomaly.G_NONADJACENT, Anomaly.INTERNAL);
      case UPDATE_SERIALIZABLE -> List.of(Anomaly.G_UPDATE);
      case SERIALIZABLE -> List.of(Anomaly.G2, Anomaly.INTERNAL, Anomaly.PREDICATE_READ_MISS);
      case STRONG_SESSION_READ_UNCOMMITTED -> List.of(Anomaly.G0_PROCESS);
      case STRONG_SESSION_READ_COMMITTED -> List.of(Anomaly.G1C_PROCESS);
      case STRONG_SESSION_SNAPSHOT_ISOLATION ->
          List.of(Anomaly.G1_PROCESS, Anomaly.G_NONADJACENT_PROCESS);
      case STRONG_SESSION_SERIALIZABLE -> List.of(Anomaly.G1_PROCESS, Anomaly.G2_PROCESS);
      case STRONG_READ_UNCOMMITTED -> List.of(Anomaly.G0_REALTIME);
      case STRONG_READ_COMMITTED -> List.of(Anomaly.G1C_REALTIME);
      case STRONG_SNAPSHOT_ISOLATION ->
          List.of(Anomaly.G1_REALTIME, Anomaly.G_NONADJACENT_REALTIME);
      case STRICT_SERIALIZABLE -> List.of(Anomaly.G1C_REALTIME, Anomaly.G2_REALTIME);
      case MONOTONIC_ATOMIC_VIEW,
          CAUSAL_CERONE,
          PREFIX,
          PARALLEL_SNAPSHOT_ISOLATION,
          VIEW_SERIALIZABLE,
          SESSION_SERIALIZABLE,
          ONE_COPY_SERIALIZABLE,
          LINEARIZABLE,
          SEQUENTIAL,
          CAUSAL,
          PRAM,
          WRITES_FOLLOW_READS,
          MONOTONIC_READS,
          MONOTONIC_WRITES,
          READ_YOUR_WRITES ->
          List.of();
    };
  }
}
