package dev.faultline.workloads.generator;

/**
 * Spaced invocations. The time of the next one is drawn when one is made, so that asking again for
 * an invocation that still lies in the future gives the same time.
 */
record Paced(Generator inner, double gapNanos, boolean random, long nextNanos)
    implements Generator {

  private static final double NANOS_PER_SECOND = 1e9;

  static Paced atRate(Generator inner, double perSecond) {
    if (!(perSecond > 0) || Double.isInfinite(perSecond)) {
      throw new IllegalArgumentException("a rate must be above 0 a second, not " + perSecond);
    }
    return new Paced(inner, NANOS_PER_SECOND / perSecond, true, Long.MIN_VALUE);
  }

  static Paced withGap(Generator inner, long gapNanos) {
    if (gapNanos < 0) {
      throw new IllegalArgumentException("a delay must not be negative: " + gapNanos);
    }
    return new Paced(inner, gapNanos, false, Long.MIN_VALUE);
  }

  @Override
  public Step next(Context context) {
    return switch (inner.next(context)) {
      case Step.Emit(Invocation invocation, Generator rest) -> {
        Invocation paced = invocation.notBefore(nextNanos);
        double gap = random ? context.random().nextDouble() * 2 * gapNanos : gapNanos;
        long following = paced.timeNanos() + Math.round(gap);
        yield new Step.Emit(paced, new Paced(rest, gapNanos, random, following));
      }
      case Step.Pending(Generator rest, long untilNanos) ->
          new Step.Pending(with(rest), untilNanos);
      case Step.Done done -> done;
    };
  }

  @Override
  public Generator update(Context context, OperationEvent event) {
    return with(inner.update(context, event));
  }

  private Generator with(Generator next) {
    return Unchanged.is(inner, next) ? this : new Paced(next, gapNanos, random, nextNanos);
  }
}
