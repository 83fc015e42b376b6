package dev.faultline.checkers.transactions;

import dev.faultline.checkers.Times;
import dev.faultline.checkers.transactions.VersionSteps.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Explains why one version of a register came before another.
 *
 * <p>The order of versions keeps no reasons. They are worked out once more for the few registers of
 * which something is to be shown.
 */
final class VersionStory {

  /** After so many steps a circle will do, even if another may be shorter. */
  private static final int STEPS_FOR_SHORTER = 20_000;

  /** A shortest circle has two. */
  private static final int FEWEST = 2;

  /** What shows a step: a source, and the places of the transactions that it speaks of. */
  private record Witness(VersionSource source, int first, int second) {}

  private final Transactions transactions;
  private final Touches touches;
  private final Revisions revisions;
  private final int key;
  private final Map<Integer, List<Integer>> next = new HashMap<>();
  private final Map<Step, Witness> witnesses = new HashMap<>();
  private int walked;

  /**
   * Prepares explanations.
   *
   * @param steps what the sources tell
   * @param sources those that are believed, in the order in which they are named
   * @param known what follows from them
   */
  VersionStory(
      Transactions transactions,
      Touches touches,
      Revisions revisions,
      VersionSteps steps,
      int key,
      Collection<VersionSource> sources,
      List<Step> known) {
    this.transactions = transactions;
    this.touches = touches;
    this.revisions = revisions;
    this.key = key;
    for (VersionSource source : sources) {
      steps.visit(
          source,
          key,
          (before, after, first, second) ->
              witnesses.putIfAbsent(new Step(before, after), new Witness(source, first, second)));
    }
    for (Step step : known) {
      next.computeIfAbsent(step.before(), _ -> new ArrayList<>()).add(step.after());
    }
  }

  /**
   * Says why {@code before} came before {@code after}: nothing if it is the initial state, which
   * comes before all.
   *
   * @param isPassed tells of which versions between them nothing else is said
   * @param isIntroduced tells of which transactions what they did has been said
   * @param names what transactions are called
   */
  String why(
      int before,
      int after,
      IntPredicate isPassed,
      IntPredicate isIntroduced,
      IntFunction<String> names) {
    List<Step> way = way(before, after, isPassed);
    if (way.size() == 1) {
      return witness(way.getFirst()).source() == VersionSource.INITIAL_STATE
          ? ""
          : reason(way.getFirst(), isIntroduced, names);
    }
    return told(before, after)
        ? byRevision(before, after)
        : way.stream()
            .map(step -> inWords(step, isIntroduced, names))
            .collect(Collectors.joining(", "));
  }

  /** Returns a short circle of steps through some of {@code versions}, a component. */
  List<Step> circle(int[] versions) {
    Set<Integer> among = Arrays.stream(versions).boxed().collect(Collectors.toSet());
    List<Step> best = List.of();
    walked = 0;
    for (int i = 0; i < versions.length && walked < STEPS_FOR_SHORTER; i++) {
      if (best.size() == FEWEST) {
        break;
      }
      List<Step> found = way(versions[i], versions[i], among::contains);
      best = best.isEmpty() || found.size() < best.size() ? found : best;
    }
    return best;
  }

  /** Returns the transactions that show {@code circle}, each once. */
  List<Integer> members(List<Step> circle) {
    return circle.stream()
        .flatMapToInt(step -> {
          Witness witness = witness(step);
          return witness.first() == VersionSteps.NOWHERE
              ? IntStream.of(step.before(), step.after()).flatMap(this::teller)
              : IntStream.of(witness.first(), witness.second()).map(touches::transaction);
        })
        .distinct()
        .boxed()
        .toList();
  }

  /** Returns who left {@code version} behind, or else one who read it; nobody made the first. */
  private IntStream teller(int version) {
    return version == Transactions.NIL
        ? IntStream.empty()
        : IntStream.concat(
                places().filter(place -> touches.written(place) == version),
                places().filter(place -> touches.read(place) == version))
            .limit(1)
            .map(touches::transaction);
  }

  private IntStream places() {
    return IntStream.range(touches.first(key), touches.end(key));
  }

  /** Puts {@code circle} into words. */
  String inWords(List<Step> circle, IntFunction<String> names) {
    return circle.stream()
        .map(step -> inWords(step, _ -> false, names))
        .collect(Collectors.joining(", "));
  }

  private String inWords(Step step, IntPredicate isIntroduced, IntFunction<String> names) {
    return text(step.before())
        + " before "
        + text(step.after())
        + " ("
        + reason(step, isIntroduced, names)
        + ")";
  }

  /** Returns the steps of a shortest way; none if there is none. */
  private List<Step> way(int before, int after, IntPredicate isPassed) {
    Map<Integer, Integer> cameFrom = new HashMap<>();
    Deque<Integer> open = new ArrayDeque<>(List.of(before));
    while (!open.isEmpty() && !cameFrom.containsKey(after)) {
      int version = open.remove();
      for (int each : next.getOrDefault(version, List.of())) {
        walked++;
        if ((each == after || isPassed.test(each)) && cameFrom.putIfAbsent(each, version) == null) {
          open.add(each);
        }
      }
    }
    if (!cameFrom.containsKey(after)) {
      return List.of();
    }
    Deque<Step> steps = new ArrayDeque<>();
    int to = after;
    do {
      int from = Objects.requireNonNull(cameFrom.get(to));
      steps.addFirst(new Step(from, to));
      to = from;
    } while (to != before);
    return List.copyOf(steps);
  }

  private String reason(Step step, IntPredicate isIntroduced, IntFunction<String> names) {
    Witness witness = witness(step);
    return switch (witness.source()) {
      case INITIAL_STATE -> "the initial state comes first";
      case MOD_REVISIONS -> byRevision(step.before(), step.after());
      case WFR_KEYS ->
          "writes follow reads: "
              + names.apply(touches.transaction(witness.first()))
              + " read "
              + text(step.before())
              + " before it wrote "
              + text(step.after());
      case SEQUENTIAL_KEYS ->
          "sequential keys: process "
              + transactions.process(touches.transaction(witness.first()))
              + " executed "
              + who(witness.first(), step.before(), ",", isIntroduced, names)
              + " before "
              + who(witness.second(), step.after(), "", isIntroduced, names);
      case LINEARIZABLE_KEYS -> {
        int first = touches.transaction(witness.first());
        int second = touches.transaction(witness.second());
        long nanos = transactions.invocationNanos(second) - transactions.completionNanos(first);
        yield "linearizable keys: "
            + who(witness.first(), step.before(), ",", isIntroduced, names)
            + " completed "
            + (nanos > 0 ? Times.span(nanos) + " " : "")
            + "before "
            + who(witness.second(), step.after(), ",", isIntroduced, names)
            + " was invoked";
      }
    };
  }

  /** Returns who touched the register at {@code place}, and what with unless that is known. */
  private String who(
      int place, int version, String end, IntPredicate isIntroduced, IntFunction<String> names) {
    int t = touches.transaction(place);
    String did = touches.written(place) == version ? "wrote " : "read ";
    return isIntroduced.test(t)
        ? names.apply(t)
        : names.apply(t) + ", which " + did + text(version) + end;
  }

  private boolean told(int before, int after) {
    return before != Transactions.NIL
        && revisions.of(before) != Revisions.UNKNOWN
        && revisions.of(before) < revisions.of(after);
  }

  private String byRevision(int before, int after) {
    return "mod revision " + revisions.of(before) + " < " + revisions.of(after);
  }

  private Witness witness(Step step) {
    return Objects.requireNonNull(witnesses.get(step), () -> "nothing tells " + step);
  }

  private String text(int version) {
    return OperationText.version(transactions, version);
  }
}
