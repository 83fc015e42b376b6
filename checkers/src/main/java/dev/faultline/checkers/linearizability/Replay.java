package dev.faultline.checkers.linearizability;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes an order of all operations out of the few that a search placed on purpose.
 *
 * <p>The others lost their obligation somewhere, and are placed there: as soon as they would change
 * nothing, or directly before something that overwrites what they did.
 */
final class Replay {

  private final Timeline timeline;
  private final StateSpace space;
  private final Trail trail;
  private final boolean[] onTrail;
  private final boolean[] done;
  private final Set<Integer> pending = new LinkedHashSet<>();
  private final List<Deque<Integer>> members = new ArrayList<>();
  private final int[] order;
  private int placed;
  private int state = StateSpace.INITIAL;

  Replay(Timeline timeline, Trail trail) {
    this.timeline = timeline;
    this.trail = trail;
    space = timeline.operations.space();
    onTrail = new boolean[timeline.operations.size()];
    done = new boolean[onTrail.length];
    order = new int[onTrail.length];
    for (int i = 0; i < timeline.classCalls.length; i++) {
      members.add(new ArrayDeque<>());
    }
  }

  /** Returns the operations in an order, given the last step of the trail of all of them. */
  int[] order(int lastStep) {
    int[] steps = trail.steps(lastStep);
    for (int step : steps) {
      if (trail.placed(step) >= 0) {
        onTrail[trail.placed(step)] = true;
      }
    }
    int next = 0;
    for (int position = 0; position < timeline.size(); position++) {
      int operation = timeline.operationAt(position);
      if (!timeline.isCompletion(position)) {
        invoke(operation);
        continue;
      }
      while (next < steps.length && trail.position(steps[next]) == position) {
        take(trail.placed(steps[next++]));
      }
      if (!done[operation]) {
        throw new IllegalStateException("operation " + operation + " was left without a place");
      }
      boolean _ = pending.remove(operation);
    }
    return Arrays.copyOf(order, placed);
  }

  private void invoke(int operation) {
    if (timeline.isOpenEnded(operation)) {
      members.get(timeline.places[operation]).add(operation);
    } else {
      pending.add(operation);
      if (!onTrail[operation] && space.step(state, timeline.call(operation)) == state) {
        put(operation);
      }
    }
  }

  private void take(int step) {
    int operation = step >= 0 ? step : members.get(-1 - step).remove();
    int call = timeline.call(operation);
    if (space.overwrites(call)) {
      for (int other : pending) {
        if (!done[other] && !onTrail[other] && space.isBlind(timeline.call(other))) {
          put(other);
        }
      }
    }
    put(operation);
    state = space.step(state, call);
    for (int other : pending) {
      if (!done[other] && !onTrail[other] && space.step(state, timeline.call(other)) == state) {
        put(other);
      }
    }
  }

  private void put(int operation) {
    done[operation] = true;
    order[placed++] = operation;
  }
}
