package dev.faultline.workloads.generator;

/** A generator from the beginning, again and again. */
record Repeated(Generator original, Generator current, long times) implements Generator {

  Repeated {
    if (times < 0) {
      throw new IllegalArgumentException("cannot repeat " + times + " times");
    }
  }

  @Override
  public Step next(Context context) {
    if (times == 0) {
      return Step.DONE;
    }
    Step step = current.next(context);
    if (step instanceof Step.Done && times > 1 && !Unchanged.is(original, current)) {
      return restarted().next(context);
    }
    return switch (step) {
      case Step.Emit(Invocation invocation, Generator rest) ->
          new Step.Emit(invocation, with(rest));
      case Step.Pending(Generator rest, long untilNanos) ->
          new Step.Pending(with(rest), untilNanos);
      case Step.Done done -> done; // the last time, or one that would be done at once for ever
    };
  }

  @Override
  public Generator update(Context context, OperationEvent event) {
    return with(current.update(context, event));
  }

  private Repeated restarted() {
    return new Repeated(original, original, times == Long.MAX_VALUE ? times : times - 1);
  }

  private Generator with(Generator next) {
    return Unchanged.is(current, next) ? this : new Repeated(original, next, times);
  }
}
