package dev.faultline.checkers.faults;

import java.util.List;

/**
 * One fault, from its beginning to its removal.
 *
 * @param id the step of the plan, such as {@code f3}
 * @param fault the kind, such as {@code partition}
 * @param detail what exactly was done, such as {@code isolate n1 (leader)}; may be empty
 * @param targets the nodes that it struck
 * @param startNanos when it began to be applied, in nanoseconds since the run began
 * @param stopNanos when it was removed, or {@link #NEVER}
 * @param effect whether it was seen to do anything
 * @param startEvent index of its start in the history
 * @param stopEvent index of its stop, or -1 if it was never removed
 */
public record FaultWindow(
    String id,
    String fault,
    String detail,
    List<String> targets,
    long startNanos,
    long stopNanos,
    Effect effect,
    int startEvent,
    int stopEvent) {

  /** The stop of a fault that was never removed. */
  public static final long NEVER = -1;

  /** Whether a fault did what it should, as probes observed it. */
  public enum Effect {
    /** It was seen to work. */
    EFFECTIVE,
    /** It was not applied: no leader to strike, or its target was already down. */
    SKIPPED,
    /** It was applied and nothing came of it. */
    INEFFECTIVE,
    /** It is not known yet, or never became known. */
    PENDING
  }

  public FaultWindow {
    targets = List.copyOf(targets);
  }

  /** Tells whether it was removed. */
  public boolean isStopped() {
    return stopEvent >= 0;
  }

  /** Tells whether it was active at {@code timeNanos}. */
  public boolean isActiveAt(long timeNanos) {
    return startNanos <= timeNanos && (!isStopped() || timeNanos <= stopNanos);
  }
}
