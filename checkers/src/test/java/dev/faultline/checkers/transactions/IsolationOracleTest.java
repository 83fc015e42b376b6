package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.transactions.BruteForceIsolation.Level;
import dev.faultline.checkers.transactions.BruteForceIsolation.Order;
import dev.faultline.checkers.transactions.SimulatedDatabase.Isolation;
import dev.faultline.checkers.transactions.SimulatedDatabase.Op;
import dev.faultline.checkers.transactions.SimulatedDatabase.Txn;
import dev.faultline.checkers.transactions.graph.Deadline;
import dev.faultline.checkers.transactions.models.ConsistencyModel;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds verdicts against what trying every order says. INVALID must mean that there is no order;
 * where every version's place is known, no order must mean INVALID.
 *
 * <p>A normal build compares 100,000 histories, on all processors; {@code
 * -Dfaultline.oracle.histories} says how many of each workload instead.
 */
class IsolationOracleTest {

  private static final int HISTORIES = Integer.getInteger("faultline.oracle.histories", 50_000);

  /** How many parts the histories are cut into, for processors to share. */
  private static final int PARTS = 64;

  /** What else is held needs fewer histories. */
  private static final int FEW = Math.max(100, HISTORIES / 50);

  private static final int MOST_TRANSACTIONS = 4;

  /**
   * The rarest anomaly, two writers of two registers in one another's midst, is in one of these.
   */
  private static final int HISTORIES_TO_DIRTY_WRITE = 1500;

  private static final long FIRST_SEED = 20_251_123L;

  private record Promise(Level level, Order order) {}

  private static final Map<ConsistencyModel, Promise> MODELS =
      new EnumMap<>(ConsistencyModel.class);

  static {
    promise(
        Level.READ_UNCOMMITTED,
        ConsistencyModel.READ_UNCOMMITTED,
        ConsistencyModel.STRONG_SESSION_READ_UNCOMMITTED,
        ConsistencyModel.STRONG_READ_UNCOMMITTED);
    promise(
        Level.READ_COMMITTED,
        ConsistencyModel.READ_COMMITTED,
        ConsistencyModel.STRONG_SESSION_READ_COMMITTED,
        ConsistencyModel.STRONG_READ_COMMITTED);
    promise(
        Level.SNAPSHOT_ISOLATION,
        ConsistencyModel.SNAPSHOT_ISOLATION,
        ConsistencyModel.STRONG_SESSION_SNAPSHOT_ISOLATION,
        ConsistencyModel.STRONG_SNAPSHOT_ISOLATION);
    promise(
        Level.SERIALIZABLE,
        ConsistencyModel.SERIALIZABLE,
        ConsistencyModel.STRONG_SESSION_SERIALIZABLE,
        ConsistencyModel.STRICT_SERIALIZABLE);
  }

  private static void promise(
      Level level, ConsistencyModel plain, ConsistencyModel session, ConsistencyModel strong) {
    MODELS.put(plain, new Promise(level, Order.NONE));
    MODELS.put(session, new Promise(level, Order.SESSION));
    MODELS.put(strong, new Promise(level, Order.REAL_TIME));
  }

  /** How often the checker and the oracle agreed on one model. */
  private static final class Tally {
    int valid;
    int invalid;

    /** No order, but the checker cannot know, for some version's place is unknown. */
    int unknowable;

    void add(Tally other) {
      valid += other.valid;
      invalid += other.invalid;
      unknowable += other.unknowable;
    }

    @Override
    public String toString() {
      return valid + " valid, " + invalid + " invalid, " + unknowable + " unknowable";
    }
  }

  @ParameterizedTest
  @EnumSource(Workload.class)
  void verdictsAreThoseOfTryingEveryOrder(Workload workload, TestReporter reporter) {
    Map<ConsistencyModel, Tally> tallies = new EnumMap<>(ConsistencyModel.class);
    IntStream.range(0, PARTS)
        .parallel()
        .mapToObj(part -> tallies(workload, part))
        .toList()
        .forEach(some ->
            some.forEach(
                (model, tally) -> tallies.computeIfAbsent(model, _ -> new Tally()).add(tally)));
    reporter.publishEntry(workload.word() + " histories", String.valueOf(HISTORIES));
    tallies.forEach((model, tally) -> {
      reporter.publishEntry(workload.word() + " " + model.word(), tally.toString());
      // Both kinds must be there, or nothing was tested.
      assertThat(tally.valid).as(model.word()).isGreaterThan(HISTORIES / 4);
      assertThat(tally.invalid)
          .as(model.word())
          .isGreaterThanOrEqualTo(HISTORIES / HISTORIES_TO_DIRTY_WRITE);
    });
  }

  /** Judges every {@code PARTS}th history by every model. */
  private static Map<ConsistencyModel, Tally> tallies(Workload workload, int part) {
    Map<ConsistencyModel, Tally> tallies = new EnumMap<>(ConsistencyModel.class);
    Isolation[] isolations = Isolation.values();
    for (int i = part; i < HISTORIES; i += PARTS) {
      long seed = FIRST_SEED + i;
      Isolation isolation = isolations[i % isolations.length];
      SimulatedDatabase database = new SimulatedDatabase(new Random(seed), isolation, workload);
      List<Txn> all = database.run(MOST_TRANSACTIONS);
      Oracle oracle = new Oracle(database, workload, all);
      MODELS.forEach((model, promise) ->
          compare(
              new Trial(database, workload, all, model, promise),
              oracle.isPossible(promise.level(), promise.order()),
              tallies.computeIfAbsent(model, _ -> new Tally()),
              workload + " " + isolation + " seed " + seed + " " + model.word()));
    }
    return tallies;
  }

  /**
   * Tries every order of one history, no more often than it must: an order that is right in real
   * time is so for sessions, and one for sessions is one if nothing need be kept.
   */
  private static final class Oracle {
    private final SimulatedDatabase database;
    private final Workload workload;
    private final List<Txn> all;
    private final Map<Promise, Boolean> known = new HashMap<>();

    Oracle(SimulatedDatabase database, Workload workload, List<Txn> all) {
      this.database = database;
      this.workload = workload;
      this.all = all;
    }

    boolean isPossible(Level level, Order order) {
      return switch (order) {
        case REAL_TIME -> tried(level, order);
        case NONE -> isPossible(level, Order.REAL_TIME) || tried(level, order);
        case SESSION ->
            isPossible(level, Order.REAL_TIME)
                || (isPossible(level, Order.NONE) && tried(level, order));
      };
    }

    private boolean tried(Level level, Order order) {
      return known.computeIfAbsent(
          new Promise(level, order),
          _ -> new BruteForceIsolation(database, workload, all, level, order).isPossible());
    }
  }

  /** One history to be judged by one model. */
  private record Trial(
      SimulatedDatabase database,
      Workload workload,
      List<Txn> all,
      ConsistencyModel model,
      Promise promise) {

    boolean isRefuted() {
      return verdict(database.transactions(all), TransactionOptions.of(model))
          instanceof Verdict.Invalid;
    }

    /** Tells whether the place of all that may matter is known. */
    boolean isOrderKnown() {
      if (!isEveryValueWrittenOnce()) {
        return false;
      }
      if (workload == Workload.WR) {
        ToldRevisions revisions = new ToldRevisions(database, all);
        return all.stream().allMatch(txn -> txn.outcome == Outcome.FAIL || revisions.isPlaced(txn));
      }
      // Lists that branch say more than this level asks for, and nothing of which branch is true.
      return isEveryAppendSeen()
          && (promise.level() != Level.READ_UNCOMMITTED || agreeButForAborted());
    }

    private boolean isEveryValueWrittenOnce() {
      return all.stream()
          .flatMap(txn -> txn.ops.stream())
          .allMatch(op -> !op.write || ToldRevisions.isWrittenOnce(all, op));
    }

    private boolean isEveryAppendSeen() {
      return all.stream()
          .filter(txn -> txn.outcome == Outcome.OK)
          .flatMap(txn -> txn.ops.stream())
          .allMatch(op -> !op.write || reads().anyMatch(read -> read.sees(op)));
    }

    private boolean agreeButForAborted() {
      return reads()
          .allMatch(one ->
              reads()
                  .allMatch(other -> {
                    List<Integer> shorter = withoutAborted(one);
                    List<Integer> longer = withoutAborted(other);
                    return one.key != other.key
                        || shorter.size() > longer.size()
                        || longer.subList(0, shorter.size()).equals(shorter);
                  }));
    }

    private List<Integer> withoutAborted(Op read) {
      return read.seen.stream()
          .filter(value ->
              all.stream()
                  .filter(txn -> txn.outcome == Outcome.FAIL)
                  .flatMap(txn -> txn.ops.stream())
                  .noneMatch(op -> op.isWriteOf(read.key, value)))
          .toList();
    }

    private Stream<Op> reads() {
      return all.stream()
          .filter(txn -> txn.outcome == Outcome.OK)
          .flatMap(txn -> txn.ops.stream())
          .filter(op -> !op.write);
    }
  }

  private static void compare(Trial trial, boolean possible, Tally tally, String what) {
    if (trial.isRefuted()) {
      assertThat(possible).as("false alarm: " + what).isFalse();
      tally.invalid++;
    } else if (possible) {
      tally.valid++;
    } else {
      assertThat(trial.isOrderKnown()).as("missed: " + what).isFalse();
      tally.unknowable++;
    }
  }

  /** Several models at once are refuted if, and only if, one of them is. */
  @ParameterizedTest
  @EnumSource(Workload.class)
  void modelsTogetherAreRefutedIfOneOfThemIs(Workload workload) {
    List<ConsistencyModel> models = List.copyOf(MODELS.keySet());
    Isolation[] isolations = Isolation.values();
    int refuted = 0;
    for (int i = 0; i < FEW; i++) {
      Random random = new Random(FIRST_SEED + i);
      SimulatedDatabase database =
          new SimulatedDatabase(random, isolations[i % isolations.length], workload);
      List<Txn> all = database.run(MOST_TRANSACTIONS);
      Set<ConsistencyModel> chosen =
          IntStream.range(0, 3)
              .mapToObj(_ -> models.get(random.nextInt(models.size())))
              .collect(Collectors.toSet());
      boolean isRefuted =
          chosen.stream()
              .anyMatch(model ->
                  verdict(database.transactions(all), TransactionOptions.of(model))
                      instanceof Verdict.Invalid);
      TransactionOptions options = new TransactionOptions(chosen, Set.of(), false, false, false, 1);
      assertThat(verdict(database.transactions(all), options) instanceof Verdict.Invalid)
          .as(chosen + " seed " + (FIRST_SEED + i))
          .isEqualTo(isRefuted);
      refuted += isRefuted ? 1 : 0;
    }
    assertThat(refuted).isBetween(FEW / 25, FEW * 4 / 5);
  }

  /**
   * What one may vouch for of a database that does everything at once, whatever one vouches for.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void assumptionsThatHoldRaiseNoAlarm(int assumptions) {
    TransactionOptions options =
        new TransactionOptions(
            Set.of(ConsistencyModel.STRICT_SERIALIZABLE),
            Set.of(),
            (assumptions & 1) != 0,
            (assumptions & 2) != 0,
            (assumptions & 4) != 0,
            1);
    for (int i = 0; i < FEW; i++) {
      SimulatedDatabase database =
          new SimulatedDatabase(new Random(FIRST_SEED + i), Isolation.STRICT, Workload.WR);
      List<Txn> all = database.runFaithfully(12);
      assertThat(verdict(database.transactions(all), options))
          .as("seed " + (FIRST_SEED + i))
          .isNotInstanceOf(Verdict.Invalid.class);
    }
  }

  private static Verdict verdict(Transactions transactions, TransactionOptions options) {
    return new Analysis(transactions, options, new Deadline(Long.MAX_VALUE / 2)).verdict();
  }
}
