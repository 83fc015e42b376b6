package dev.faultline.harness.nemesis;

import dev.faultline.harness.loop.Scheduler;
import dev.faultline.nemeses.NodeCondition;
import dev.faultline.nemeses.NodeStatus;
import dev.faultline.nemeses.fault.ActiveFault;
import dev.faultline.nemeses.fault.NodeFault;
import dev.faultline.nemeses.plan.FaultStep;
import dev.faultline.nemeses.plan.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One step of a plan on its way: waiting, looking up its targets, active, taken away, ended.
 *
 * <p>The fault is taken away when its time is up, counted from when it struck, however long putting
 * it in place takes.
 */
final class StepRun {

  /** What others want to know of a step. */
  interface Events {
    void started(String id);

    void stopped(String id);

    void ended();
  }

  private enum State {
    WAITING,
    LOOKING_UP,
    ACTIVE,
    HEALING,
    ENDED
  }

  /**
   * Nodes that start and elect take up to five seconds; who waits longer strikes another situation.
   */
  private static final Duration LEADER_WITHIN = Duration.ofSeconds(5);

  private final FaultStep step;
  private final StepContext context;
  private final Events events;
  private State state = State.WAITING;
  private boolean waited;
  private FaultRecord record;
  private @Nullable ActiveFault active;
  private @Nullable Evidence evidence;
  private Scheduler.@Nullable Timer stop;

  StepRun(FaultStep step, StepContext context, Events events) {
    this.step = step;
    this.context = context;
    this.events = events;
    this.record =
        new FaultRecord(step.id(), step.fault().name(), List.of(), Effect.SKIPPED, "not begun");
  }

  FaultRecord record() {
    return record;
  }

  boolean ended() {
    return state == State.ENDED;
  }

  /** Begins the step. */
  void strike() {
    if (state != State.WAITING) {
      return;
    }
    state = State.LOOKING_UP;
    lookUp();
  }

  private void lookUp() {
    if (step.fault().needsLeader()) {
      findLeader(context.loop().nowNanos() + LEADER_WITHIN.toNanos());
    } else {
      lookAtTargets(null);
    }
  }

  private void findLeader(long deadlineNanos) {
    context
        .leaders()
        .find(leader -> {
          if (state != State.LOOKING_UP) {
            return;
          }
          if (leader != null) {
            lookAtTargets(leader);
          } else if (context.loop().nowNanos() < deadlineNanos) {
            context.loop().after(context.timing().gap().toNanos(), () -> findLeader(deadlineNanos));
          } else {
            skip(List.of(), "no leader was found");
          }
        });
  }

  /** A kill or a pause first looks whom it can hit. */
  private void lookAtTargets(@Nullable NodeStatus leader) {
    if (state != State.LOOKING_UP) {
      return;
    }
    ActiveFault fault =
        step.fault()
            .resolve(step.id(), context.cluster().nodes(), leader == null ? null : leader.node());
    String found = leader == null ? "" : "leader " + leader.node() + " of term " + leader.term();
    Set<String> hit = new LinkedHashSet<>(fault.down());
    hit.addAll(fault.paused());
    if (hit.isEmpty()) {
      awaitAnswers(fault, found);
      return;
    }
    Map<String, NodeCondition> conditions = new HashMap<>();
    int[] open = {hit.size()};
    for (String node : hit) {
      context
          .calls()
          .call(
              () -> context.cluster().condition(node),
              context.timing().question(),
              (condition, _) -> {
                if (condition != null) {
                  conditions.put(node, condition);
                }
                if (--open[0] == 0) {
                  hitThoseAlive(fault, conditions, found);
                }
              });
    }
  }

  /**
   * Lets the first fault of a kind wait until what it touches answers probes: nodes that another
   * fault had killed may still be starting, and then nobody could see what it does. It waits no
   * longer than it is to stay. Later ones do not wait, nor do those that follow an event, for which
   * milliseconds matter.
   */
  private void awaitAnswers(ActiveFault fault, String found) {
    if (waited
        || step.trigger() instanceof Trigger.After
        || context.seen().contains(step.fault().kind())) {
      putInPlace(fault, found);
      return;
    }
    waited = true;
    new HealCheck(
            context,
            fault.observedLinks(context.cluster().nodes()),
            Set.of(),
            fault.unplugged(),
            step.duration(),
            _ -> {
              if (state == State.LOOKING_UP) {
                lookUp(); // Another node may lead by now.
              }
            })
        .look();
  }

  private void hitThoseAlive(
      ActiveFault fault, Map<String, NodeCondition> conditions, String found) {
    if (state != State.LOOKING_UP) {
      return;
    }
    List<String> alive = new ArrayList<>();
    for (String node : fault.targets()) {
      switch (conditions.get(node)) {
        case EXITED -> context.nodeExited().accept(node);
        case DOWN -> {}
        case PAUSED -> {
          if (step.fault() instanceof NodeFault.Kill) {
            alive.add(node);
          }
        }
        // Not known: better to hit one that is down than to leave out one that runs.
        case RUNNING -> alive.add(node);
        case null -> alive.add(node);
      }
    }
    if (alive.isEmpty()) {
      skip(fault.targets(), "every target was down or stopped already");
      return;
    }
    ActiveFault hitting =
        step.fault() instanceof NodeFault onNodes ? onNodes.hitting(fault.id(), alive) : fault;
    putInPlace(hitting, found);
  }

  private void putInPlace(ActiveFault fault, String found) {
    state = State.ACTIVE;
    active = fault;
    context.ledger().touching(fault);
    record =
        new FaultRecord(step.id(), step.fault().name(), fault.targets(), Effect.PENDING, found);
    context.log().started(record);
    stop = context.loop().after(step.duration().toNanos(), () -> takeAway(""));
    context
        .keeper()
        .add(
            fault,
            settled -> {
              settled.errors().forEach(this::trouble); // Also of an act that fails late.
              if (state != State.ACTIVE) {
                return;
              }
              note(settled.skewNanos() == 0 ? "" : "skew " + settled.skewNanos() / 1000 + " us");
              look(fault);
              events.started(step.id());
            });
  }

  private void look(ActiveFault fault) {
    Evidence looking =
        new Evidence(
            fault, step.duration(), context, seen -> conclude(seen.effect(), seen.detail()));
    evidence = looking;
    looking.look();
  }

  private void takeAway(String why) {
    ActiveFault fault = active;
    if (state != State.ACTIVE || fault == null) {
      return;
    }
    state = State.HEALING;
    Evidence looked = evidence;
    if (looked == null) {
      conclude(
          why.isEmpty() ? Effect.INEFFECTIVE : Effect.SKIPPED,
          "it was not in place before its time was up");
    } else if (looked.effect() == Effect.PENDING) {
      looked.stop();
      conclude(looked.effect(), looked.detail());
    }
    note(why);
    context.keeper().remove(fault, settled -> takenAway(fault, settled.errors()));
  }

  private void takenAway(ActiveFault fault, List<String> errors) {
    if (state != State.HEALING) {
      return;
    }
    errors.forEach(this::trouble);
    context.log().stopped(record);
    events.stopped(step.id());
    Set<String> nodes = new LinkedHashSet<>(fault.down());
    nodes.addAll(fault.paused());
    new HealCheck(
            context,
            fault.observedLinks(context.cluster().nodes()),
            nodes,
            fault.unplugged(),
            context.timing().heal(),
            this::checked)
        .look();
  }

  private void checked(List<String> missing) {
    if (state != State.HEALING) {
      return;
    }
    missing.forEach(what -> trouble("after the fault " + what));
    if (missing.isEmpty()) {
      context.ledger().healed(step.id());
    }
    end();
  }

  /** Ends the step because everything is being healed; links and nodes are seen to elsewhere. */
  void abort() {
    switch (state) {
      case WAITING -> {
        record =
            new FaultRecord(
                step.id(),
                step.fault().name(),
                List.of(),
                Effect.SKIPPED,
                "the main phase ended before it began");
        end();
      }
      case LOOKING_UP -> skip(List.of(), "the main phase ended while its targets were looked up");
      case ACTIVE -> takeAway("cut short by the end of the main phase");
      case HEALING, ENDED -> {}
    }
  }

  private void skip(List<String> targets, String why) {
    record = new FaultRecord(step.id(), step.fault().name(), targets, Effect.SKIPPED, why);
    context.log().started(record);
    context.log().stopped(record);
    events.stopped(step.id());
    end();
  }

  private void end() {
    cancelStop();
    state = State.ENDED;
    events.ended();
  }

  private void cancelStop() {
    if (stop != null) {
      stop.cancel();
    }
  }

  private void conclude(Effect effect, String detail) {
    if (effect == Effect.EFFECTIVE) {
      context.seen().add(step.fault().kind());
    }
    record =
        new FaultRecord(record.id(), record.fault(), record.targets(), effect, record.detail());
    note(detail);
  }

  private void note(String what) {
    if (!what.isEmpty()) {
      String detail = record.detail().isEmpty() ? what : record.detail() + "; " + what;
      record =
          new FaultRecord(record.id(), record.fault(), record.targets(), record.effect(), detail);
    }
  }

  private void trouble(String what) {
    context.log().trouble(step.id() + ": " + what);
  }
}
