package dev.faultline.workloads.generator;

/**
 * Ends at a time, counted from when it was first asked.
 *
 * <p>It never passes on a {@link Step.Pending} that outlasts the cutoff, so that its driver asks
 * again then, whatever hangs; and an invocation that would come too late becomes a wait for the
 * cutoff, so that the whole time is used and not only the time up to the last invocation.
 */
record TimeLimited(Generator inner, long limitNanos, long cutoffNanos) implements Generator {

  static final long NOT_STARTED = Long.MIN_VALUE;

  TimeLimited {
    if (limitNanos < 0) {
      throw new IllegalArgumentException("a time limit must not be negative: " + limitNanos);
    }
  }

  @Override
  public Step next(Context context) {
    long now = context.nowNanos();
    long cutoff = cutoffNanos == NOT_STARTED ? now + limitNanos : cutoffNanos;
    if (now >= cutoff) {
      return Step.DONE;
    }
    return switch (inner.next(context)) {
      case Step.Emit(Invocation invocation, Generator rest) when invocation.timeNanos() < cutoff ->
          new Step.Emit(invocation, with(rest, cutoff));
      case Step.Emit _ -> new Step.Pending(with(inner, cutoff), cutoff);
      case Step.Pending(Generator rest, long untilNanos) ->
          new Step.Pending(with(rest, cutoff), Math.min(untilNanos, cutoff));
      case Step.Done done -> done;
    };
  }

  @Override
  public Generator update(Context context, OperationEvent event) {
    return with(inner.update(context, event), cutoffNanos);
  }

  private Generator with(Generator next, long cutoff) {
    return Unchanged.is(inner, next) && cutoff == cutoffNanos
        ? this
        : new TimeLimited(next, limitNanos, cutoff);
  }
}
