package dev.faultline.harness.nemesis;

import dev.faultline.harness.loop.Scheduler;
import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.NodeCondition;
import dev.faultline.nemeses.fault.ActiveFault;
import dev.faultline.nemeses.fault.Symptom;
import java.time.Duration;
import java.util.HashMap;
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
 *   <li>silence: of every link, two probes in a row got no answer;
 *   <li>condition: every target's process is down, or stopped;
 *   <li>delay: of every link, a probe took at least as long as the fault makes it;
 *   <li>trouble: on some link a probe failed, or took at least half a stall;
 *   <li>absence: two questions in a row to every target, and two probes of every link from or to
 *       it, got no answer.
 * </ul>
 *
 * <p>What other faults hide ({@link Visibility}) is not asked: a probe to a node that is down says
 * nothing about the link, and a cut link says nothing about its slowness. A fault is ineffective if
 * something was seen that contradicts it; one that was hidden, or that could be seen for too short
 * a time, is skipped.
 */
final class Evidence {

  private final ActiveFault fault;
  private final StepContext context;
  private final Duration duration;
  private final Duration patience;
  private final Duration gap;
  private final Consumer<Evidence> found;

  private final Set<String> proven = new LinkedHashSet<>();
  private final Map<String, Integer> unanswered = new HashMap<>();
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
    // Even a fault of half a second must leave time for two probes that get no answer.
    this.patience = shorter(duration.dividedBy(4), context.timing().question());
    this.gap = shorter(duration.dividedBy(10), context.timing().gap());
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
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
          audible(visibility)
              .forEach(link -> probes.put(link.toString(), () -> probeDelay(link, delay)));
      case Symptom.Trouble(Duration stall) ->
          audible(visibility)
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
        for (String node : fault.targets()) {
          if (visibility.runs(node)) {
            probes.put(node, () -> probeSilence(node, () -> context.cluster().status(node)));
          }
        }
      }
    }
    return probes;
  }

  private List<Link> audible(Visibility visibility) {
    return fault.links().keySet().stream().filter(visibility::answers).toList();
  }

  private void silence(Visibility visibility, Map<String, Runnable> probes) {
    for (Link link : fault.observedLinks(context.cluster().nodes())) {
      if (visibility.silencedBy(fault, link)) {
        probes.put(
            link.toString(),
            () -> probeSilence(link.toString(), () -> context.cluster().probe(link, 0)));
      }
    }
  }

  private void prove(String subject) {
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

  private <A> void probeSilence(String subject, Supplier<CompletionStage<A>> question) {
    int before = unanswered.getOrDefault(subject, 0);
    if (before < 0) {
      return; // one is under way
    }
    unanswered.put(subject, -1);
    asked++;
    context
        .calls()
        .call(
            question,
            patience,
            (answer, _) -> {
              unanswered.put(subject, answer == null ? before + 1 : 0);
              if (answer != null) {
                last = subject + " still answered";
              } else if (before + 1 >= 2) {
                prove(subject);
              }
            });
  }

  private void probeDelay(Link link, Symptom.Delay delay) {
    Visibility visibility = new Visibility(context.cluster(), context.keeper().faults());
    // What a payload takes it takes in one direction; the way back adds nothing that is certain.
    Duration least =
        delay.payloadBytes() > 0 ? delay.least() : visibility.least(fault, link, delay.least());
    asked++;
    context
        .calls()
        .call(
            () -> context.cluster().probe(link, delay.payloadBytes()),
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
    asked++;
    context
        .calls()
        .call(
            () -> context.cluster().probe(link, 0),
            context.timing().question().plus(stall),
            (roundTrip, _) -> {
              boolean stalled =
                  roundTrip != null && stall.isPositive() && roundTrip >= stall.toNanos() / 2;
              if (roundTrip == null || stalled) {
                prove(link.toString());
              } else if (duration.compareTo(stall.multipliedBy(2)) >= 0) {
                // A fault that is over before a stall has passed is seen by nobody.
                last = "every probe was answered in time";
              }
            });
  }

  private void askCondition(String node, NodeCondition expected) {
    asked++;
    context
        .calls()
        .call(
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
