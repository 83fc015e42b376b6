package dev.faultline.workloads.generator;

/** At most so many invocations. */
record Limited(Generator inner, long remaining) implements Generator {

  Limited {
    if (remaining < 0) {
      throw new IllegalArgumentException("a limit must be at least 0, not " + remaining);
    }
  }

  @Override
  public Step next(Context context) {
    if (remaining == 0) {
      return Step.DONE;
    }
    return switch (inner.next(context)) {
      case Step.Emit(Invocation invocation, Generator rest) ->
          new Step.Emit(invocation, new Limited(rest, remaining - 1));
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
    return Unchanged.is(inner, next) ? this : new Limited(next, remaining);
  }
}
