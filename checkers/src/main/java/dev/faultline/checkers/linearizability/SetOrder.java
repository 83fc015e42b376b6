package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Decides a set that only grows, in time linear in the history and in what its reads returned.
 *
 * <p>Everything that may come before what is given by the answers: a read after the additions of
 * what it saw and before those of what it did not see, a {@code contains} after or before the
 * addition of its element. Two reads of which each saw what the other did not contradict each
 * other. Otherwise reads and additions form stages, the reads of the least set first. If every
 * operation takes effect as early as its stage and its invocation allow, and none thereby later
 * than its completion, that is an order; if one does, there is none, because nothing was chosen.
 *
 * <p>Of several additions of one element the first counts, which can be at any moment from the
 * first invocation to the first completion. One without an answer happened if somebody saw its
 * element, and is otherwise left out. A set from which something is removed, or that tells whether
 * it changed, is not decided here.
 */
final class SetOrder implements Specialist {

  @Override
  public Conclusion decide(Operations operations) {
    if (!(operations.space() instanceof ModelSpace<?> space)) {
      return UNDECIDED;
    }
    Decision decision = new Decision(operations);
    for (int i = 0; i < operations.size(); i++) {
      operations.limits().look(i);
      if (!decision.sort(i, space.call(operations.call(i)))) {
        return UNDECIDED;
      }
    }
    return decision.decide();
  }

  private static final int NEVER_ADDED = -1;

  /** An element, with when it was added. */
  private static final class Element {
    final List<Integer> additions = new ArrayList<>();
    final List<Integer> found = new ArrayList<>();
    final List<Integer> missed = new ArrayList<>();

    /** The first stage whose reads saw it; 0 if none did. */
    int stage;

    /** The moment at which it is added; {@link #NEVER_ADDED} if it need not be. */
    int addedAt = NEVER_ADDED;
  }

  /** A moment, and the operation that is the cause that it is no earlier. */
  private record Bound(int moment, int cause) {

    Bound or(int otherMoment, int otherCause) {
      return otherMoment > moment ? new Bound(otherMoment, otherCause) : this;
    }

    Bound or(Bound other) {
      return or(other.moment(), other.cause());
    }
  }

  /** When an operation takes effect. */
  private record Step(int moment, int rank, int operation) {}

  /** A read of everything. */
  private record Read(int operation, List<Json> seen) {}

  private static final class Decision {

    private final Operations operations;
    private final Moments moments;
    private final Map<Json, Element> elements = new HashMap<>();
    private final List<Read> reads = new ArrayList<>();

    /** Questions to which the answer tells nothing. */
    private final List<Integer> untold = new ArrayList<>();

    /** Operations that contradict each other; empty as long as none are known. */
    private int[] contradiction = new int[0];

    Decision(Operations operations) {
      this.operations = operations;
      moments = new Moments(operations);
    }

    /** Takes one operation; false if it is none that can be decided here. */
    boolean sort(int operation, Call call) {
      boolean answered = call.answer() == Call.Answer.OK;
      boolean telling = answered && call.result() instanceof Json.Bool;
      if (call.answer() == Call.Answer.REFUSED) {
        return false;
      }
      switch (call.f()) {
        case SetOfValues.ADD -> element(call.argument()).additions.add(operation);
        case SetOfValues.CONTAINS -> {
          if (!telling) {
            untold.add(operation);
          } else {
            Element element = element(call.argument());
            boolean found = call.result().equals(Json.of(true));
            (found ? element.found : element.missed).add(operation);
          }
          return true;
        }
        case SetOfValues.READ -> {
          if (answered && call.result() instanceof Json.Array(List<Json> seen)) {
            reads.add(new Read(operation, seen));
          }
          return true;
        }
        default -> {
          return false;
        }
      }
      return !telling;
    }

    private Element element(Json value) {
      return elements.computeIfAbsent(value, _ -> new Element());
    }

    Conclusion decide() {
      reads.sort(Comparator.comparingInt(read -> read.seen().size()));
      List<List<Integer>> stages = stages();
      if (contradiction.length == 0) {
        schedule(stages);
      }
      return contradiction.length == 0
          ? new Ordered(() -> order(stages))
          : Contradiction.of(contradiction);
    }

    /** Returns the reads of each stage, from 1 on; gives every element its stage. */
    private List<List<Integer>> stages() {
      List<List<Integer>> stages = new ArrayList<>();
      stages.add(List.of());
      Set<Json> before = Set.of();
      for (Read read : reads) {
        operations.limits().check(); // Each may be as large as the whole set.
        Set<Json> seen = new HashSet<>(read.seen());
        if (seen.size() < read.seen().size()) {
          contradiction = new int[] {read.operation()};
          return stages;
        }
        if (!seen.containsAll(before)) {
          contradiction = new int[] {stages.getLast().getLast(), read.operation()};
          return stages;
        }
        if (stages.size() == 1 || seen.size() > before.size()) {
          stages.add(new ArrayList<>());
          for (Json value : read.seen()) {
            Element element = element(value);
            element.stage = element.stage == 0 ? stages.size() - 1 : element.stage;
            if (element.additions.isEmpty()) {
              contradiction = new int[] {read.operation()};
              return stages;
            }
          }
          before = seen;
        }
        stages.getLast().add(read.operation());
      }
      return stages;
    }

    private void schedule(List<List<Integer>> stages) {
      List<List<Element>> added = new ArrayList<>();
      IntStream.rangeClosed(0, stages.size()).forEach(_ -> added.add(new ArrayList<>()));
      for (Element element : elements.values()) {
        added.get(element.stage == 0 ? stages.size() : element.stage).add(element);
      }
      Bound bound = new Bound(-1, -1);
      for (int stage = 1; stage <= stages.size() && contradiction.length == 0; stage++) {
        Bound next = bound;
        for (Element element : added.get(stage)) {
          next = next.or(schedule(element, bound, separating(stages, stage)));
        }
        bound = next;
        if (stage < stages.size()) {
          for (int read : stages.get(stage)) {
            check(next, read, List.of());
            bound = bound.or(moments.first(read), read);
          }
        }
      }
    }

    /** Returns a read that separates a stage from the one before. */
    private static List<Integer> separating(List<List<Integer>> stages, int stage) {
      return stage > 1 ? List.of(stages.get(stage - 1).getFirst()) : List.of();
    }

    /** Adds {@code element} as early as it can be; returns when that is. */
    private Bound schedule(Element element, Bound bound, List<Integer> separating) {
      boolean completed = element.additions.stream().anyMatch(add -> !operations.isOpenEnded(add));
      if (!completed && element.stage == 0 && element.found.isEmpty()) {
        return bound; // It need not have been added.
      }
      if (element.additions.isEmpty()) {
        contradiction = new int[] {element.found.getFirst()};
        return bound;
      }
      int first = earliest(element.additions, moments::first);
      int last = earliest(element.additions, moments::last);
      Bound at = bound.or(moments.first(first), first);
      for (int missed : element.missed) {
        at = at.or(moments.first(missed), missed);
      }
      element.addedAt = at.moment();
      check(at, last, separating);
      for (int found : element.found) {
        check(at, found, List.of(first));
      }
      return at;
    }

    /** Returns the order that was found; at one moment comes first what has the lesser rank. */
    private int[] order(List<List<Integer>> stages) {
      List<Step> steps = new ArrayList<>();
      untold.forEach(one -> steps.add(new Step(moments.first(one), 0, one)));
      int[] addedBy = new int[stages.size()];
      elements
          .values()
          .forEach(one -> addedBy[one.stage] = Math.max(addedBy[one.stage], one.addedAt));
      int reached = NEVER_ADDED;
      for (int stage = 1; stage < stages.size(); stage++) {
        reached = Math.max(reached, addedBy[stage]);
        int latest = reached;
        for (int read : stages.get(stage)) {
          int moment = Math.max(reached, moments.first(read));
          latest = Math.max(latest, moment);
          steps.add(new Step(moment, 2 * stage + 1, read));
        }
        reached = latest;
      }
      for (Element element : elements.values()) {
        int stage = element.stage == 0 ? stages.size() : element.stage;
        addSteps(element, 2 * stage, 2 * stages.size() + 1, steps);
      }
      steps.sort(Comparator.comparingInt(Step::moment).thenComparingInt(Step::rank));
      return steps.stream().mapToInt(Step::operation).toArray();
    }

    private void addSteps(Element element, int rank, int lastRank, List<Step> steps) {
      element.missed.forEach(missed -> steps.add(new Step(moments.first(missed), 0, missed)));
      if (element.addedAt == NEVER_ADDED) {
        return;
      }
      int first = earliest(element.additions, moments::first);
      steps.add(new Step(element.addedAt, rank, first));
      Stream.concat(element.additions.stream(), element.found.stream())
          .filter(other -> other != first && !operations.isOpenEnded(other))
          .map(other -> new Step(Math.max(element.addedAt, moments.first(other)), lastRank, other))
          .forEach(steps::add);
    }

    private static int earliest(List<Integer> operations, IntUnaryOperator moment) {
      return operations.stream().min(Comparator.comparingInt(moment::applyAsInt)).orElseThrow();
    }

    /** Checks that {@code operation} can take effect at {@code bound}. */
    private void check(Bound bound, int operation, List<Integer> between) {
      if (moments.last(operation) < bound.moment() && contradiction.length == 0) {
        int[] pair = {bound.cause(), operation};
        int[] all = Arrays.copyOf(pair, 2 + between.size());
        for (int i = 0; i < between.size(); i++) {
          all[2 + i] = between.get(i);
        }
        contradiction = IntStream.of(all).filter(o -> o >= 0).sorted().distinct().toArray();
      }
    }
  }
}
