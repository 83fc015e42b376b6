package dev.faultline.workloads.generator;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the soonest invocation among several generators, one question at a time; used once, by one
 * call of {@link Generator#next}.
 */
final class Poll {

  private final long nowNanos;
  private Slots slots;
  private Step.@Nullable Emit soonest;
  private int soonestIndex;
  private long untilNanos = Long.MAX_VALUE;
  private boolean waiting;

  Poll(Slots slots, long nowNanos) {
    this.slots = slots;
    this.nowNanos = nowNanos;
  }

  /** Notes the answer of generator {@code index}; true if none can be sooner. */
  boolean offer(int index, Step step) {
    switch (step) {
      case Step.Emit emit -> {
        if (soonest == null || emit.invocation().timeNanos() < soonest.invocation().timeNanos()) {
          soonest = emit;
          soonestIndex = index;
        }
        return emit.invocation().timeNanos() <= nowNanos;
      }
      case Step.Pending(Generator rest, long until) -> {
        slots = slots.with(index, rest);
        untilNanos = Math.min(untilNanos, until);
        waiting = true;
      }
      case Step.Done _ -> slots = slots.with(index, Nothing.INSTANCE);
    }
    return false;
  }

  /** Notes that some generator was not asked, and is not done. */
  void skip() {
    waiting = true;
  }

  /** Returns the answer of all together; {@code rebuild} makes a generator of what is left. */
  Step result(Function<Slots, Generator> rebuild) {
    if (soonest != null && soonest.invocation().timeNanos() <= untilNanos) {
      return new Step.Emit(
          soonest.invocation(), rebuild.apply(slots.with(soonestIndex, soonest.rest())));
    }
    if (soonest != null) {
      // Another generator wants to be asked before that invocation is due: it may be sooner.
      return new Step.Pending(rebuild.apply(slots), untilNanos);
    }
    return waiting ? new Step.Pending(rebuild.apply(slots), untilNanos) : Step.DONE;
  }
}
