package dev.faultline.harness.nemesis;

import dev.faultline.harness.loop.Scheduler;
import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.NodeCondition;
import dev.faultline.nemeses.fault.ActiveFault;
import dev.faultline.nemeses.fault.Symptom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the effect of one fault while it is active, in rounds of probes. What must be seen is
 * the fault's {@link Symptom}:
 *
 * <ul>
 *   <li>silence: of every link, two probes in a row timed out; a refusal or a reset came from
 *       somebody, and tells nothing;
 *   <li>condition: every target's process is down, or stopped;
 *   <li>delay: of every link, a probe took at least as long as the fault makes it;
 *   <li>trouble: on some link a probe failed, or took at least half a stall; a failure does not
 *       count where the far node has not answered anybody since it was started again;
 *   <li>absence: two questions in a row to every target, if the cluster's nodes tell how they
 *       stand, and two probes of every link from or to it, got no answer or an error.
 * </ul>
 *
 * <p>What other faults hide ({@link Visibility}) is not asked, nor believed if it was hidden by the
 * time of the answer: a probe to a node that is down says nothing about the link, a cut link says
 * nothing about its slowness, and two faults that do the same must not prove one another. A fault
 * is ineffective if something was seen that contradicts it; one that was hidden, or that could be
 * seen for too short a time, is skipped.
 */
final class Evidence {

  /** A probe over a healthy link may take this long on a machine that is short of time. */
  private static final Duration LEAST_PATIENCE = Duration.ofMillis(300);

  private final ActiveFault fault;
  private final StepContext context;
  private final Duration duration;
  private final Duration patience;
  private final Duration gap;
  private final Consumer<Evidence> found;

  private final Set<String> proven = new LinkedHashSet<>();
  private final Map<String, Integer> unanswered = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private int asked;
  private boolean seen;
  private boolean over;

  /** What was seen that contradicts the fault; empty if nothing. */
  private String last = "";

  private Scheduler.@Nullable Timer nextRound;

  /**
   * Creates a search.
   *
   * @param duration how long the fault stays
   * @param found told once enough was seen
   */
  Evidence(ActiveFault fault, Duration duration, StepContext context, Consumer<Evidence> found) {
    this.fault = fault;
    this.context = context;
    this.found = found;
    this.duration = duration;
    // Even a short fault must leave time for two probes that get no answer.
    this.patience =
        longer(LEAST_PATIENCE, shorter(duration.dividedBy(4), context.timing().question()));
    this.gap = shorter(duration.dividedBy(10), context.timing().gap());
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /** Begins to look; comes again until enough is seen. */
  void look() {
    if (over) {
      return;
    }
    if (enough()) { // what was missing may be hidden by now
      stop();
      found.accept(this);
      return;
    }
    Map<String, Runnable> probes = probes();
    probes.keySet().removeAll(proven);
    probes.keySet().removeAll(open);
    probes.values().forEach(Runnable::run);
    nextRound = context.loop().after(gap.toNanos(), this::look);
  }

  /** What can be asked just now, by the name of the link or node that it is about. */
  private Map<String, Runnable> probes() {
    Visibility visibility = new Visibility(context.cluster(), context.keeper().faults());
    Map<String, Runnable> probes = new LinkedHashMap<>();
    switch (fault.fault().symptom()) {
      case Symptom.Silence _ -> silence(visibility, probes);
      case Symptom.Delay delay ->
          disturbed(visibility)
              .forEach(link -> probes.put(link.toString(), () -> probeDelay(link, delay)));
      case Symptom.Trouble(Duration stall) ->
          disturbed(visibility)
              .forEach(link -> probes.put(link.toString(), () -> probeTrouble(link, stall)));
      case Symptom.Condition(NodeCondition condition) -> {
        for (String node : fault.targets()) {
          if (visibility.is(node, condition)) {
            probes.put(node, () -> askCondition(node, condition));
          }
        }
      }
      case Symptom.Absence _ -> {
        silence(visibility, probes);
        if (context.nodesTellHowTheyStand() && leavesTimeFor(patience)) {
          for (String node : fault.targets()) {
            if (visibility.answersWithout(fault, node)) {
              probes.put(
                  node, () -> probeSilence(node, patience, () -> context.cluster().status(node)));
            }
          }
        }
      }
    }
    return probes;
  }

  private List<Link> disturbed(Visibility visibility) {
    return fault.links().keySet().stream()
        .filter(link -> visibility.touchedOnlyBy(fault, link))
        .toList();
  }

  private void silence(Visibility visibility, Map<String, Runnable> probes) {
    for (Link link : fault.observedLinks(context.cluster().nodes())) {
      Duration deadline = patience.plus(visibility.latenessByOthers(fault, link));
      if (visibility.silencedBy(fault, link) && leavesTimeFor(deadline)) {
        probes.put(
            link.toString(),
            () -> probeSilence(link.toString(), deadline, () -> context.probe(link, 0)));
      }
    }
  }

  /** Does the fault stay long enough for two probes that get no answer? */
  private boolean leavesTimeFor(Duration deadline) {
    return deadline.multipliedBy(2).plus(gap).compareTo(duration) <= 0;
  }

  /** Asks, once at a time, about one subject. */
  private <A> void ask(
      String subject,
      Supplier<CompletionStage<A>> question,
      Duration deadline,
      Calls.Answer<A> answer) {
    open.add(subject);
    asked++;
    context
        .calls()
        .call(
            question,
            deadline,
            (value, error) -> {
              open.remove(subject);
              answer.take(value, error);
            });
  }

  private void prove(String subject) {
    if (!probes().containsKey(subject)) {
      return; // Another fault that came meanwhile may have done it.
    }
    proven.add(subject);
    if (!over && enough()) {
      stop();
      found.accept(this);
    }
  }

  /** Is everything proven that can be seen just now, or, where one is enough, anything? */
  private boolean enough() {
    boolean one = fault.fault().symptom() instanceof Symptom.Trouble;
    return !proven.isEmpty() && (one || proven.containsAll(probes().keySet()));
  }

  /**
   * Stops looking; what was not seen by now will not be. A link that could not be asked, such as
   * one to a node that is still starting, contradicts nothing.
   */
  void stop() {
    seen = !over && (enough() || (!proven.isEmpty() && last.isEmpty()));
    over = true;
    if (nextRound != null) {
      nextRound.cancel();
    }
  }

  /** Returns what is known. */
  Effect effect() {
    if (seen) {
      return Effect.EFFECTIVE;
    }
    if (!over) {
      return Effect.PENDING;
    }
    return last.isEmpty() ? Effect.SKIPPED : Effect.INEFFECTIVE;
  }

  /** Returns in words what was seen, or not. */
  String detail() {
    return switch (effect()) {
      case EFFECTIVE -> "seen by " + asked + " probes";
      case PENDING -> "";
      case SKIPPED -> "other faults hid it, or left too little time to see it";
      case INEFFECTIVE -> "not seen by " + asked + " probes; " + last;
    };
  }

  private <A> void probeSilence(
      String subject, Duration deadline, Supplier<CompletionStage<A>> question) {
    boolean anyError = fault.fault().symptom() instanceof Symptom.Absence;
    ask(
        subject,
        question,
        deadline,
        (answer, error) -> {
          boolean silent = answer == null && (anyError || Calls.timedOut(error));
          int inARow = silent ? unanswered.merge(subject, 1, Integer::sum) : 0;
          unanswered.put(subject, inARow);
          if (answer != null) {
            last = subject + " still answered";
          } else if (inARow >= 2) {
            prove(subject);
          }
        });
  }

  private void probeDelay(Link link, Symptom.Delay delay) {
    Visibility visibility = new Visibility(context.cluster(), context.keeper().faults());
    // What a payload takes it takes in one direction; the way back adds nothing that is certain.
    Duration least =
        delay.payloadBytes() > 0 ? delay.least() : visibility.least(fault, link, delay.least());
    ask(
        link.toString(),
        () -> context.probe(link, delay.payloadBytes()),
        context.timing().question().plus(least.multipliedBy(6)),
        (roundTrip, _) -> {
          if (roundTrip != null && roundTrip >= least.toNanos()) {
            prove(link.toString());
          } else if (roundTrip != null) {
            last = link + " answered after " + roundTrip / 1000 + " us";
          }
        });
  }

  /** Looks for a failure, or for a stall if the fault makes streams stall. */
  private void probeTrouble(Link link, Duration stall) {
    // A node that is still starting refuses, whatever the link does.
    boolean failureCounts = !context.unheard().contains(link.to());
    ask(
        link.toString(),
        () -> context.probe(link, 0),
        context.timing().question().plus(stall),
        (roundTrip, _) -> {
          boolean stalled =
              roundTrip != null && stall.isPositive() && roundTrip >= stall.toNanos() / 2;
          if (stalled || (roundTrip == null && failureCounts)) {
            prove(link.toString());
          } else if (roundTrip != null && duration.compareTo(stall.multipliedBy(2)) >= 0) {
            // A fault that is over before a stall has passed is seen by nobody.
            last = "every probe was answered in time";
          }
        });
  }

  private void askCondition(String node, NodeCondition expected) {
    ask(
        node,
        () -> context.cluster().condition(node),
        context.timing().question(),
        (condition, error) -> {
          if (condition == expected) {
            prove(node);
          } else {
            last =
                node
                    + " is "
                    + (condition == null && error != null ? Calls.words(error) : condition);
          }
        });
  }
}
