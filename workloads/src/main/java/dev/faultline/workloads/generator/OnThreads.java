package dev.faultline.workloads.generator;

import java.util.function.IntPredicate;

/** A generator that sees some of the threads only. */
record OnThreads(IntPredicate predicate, Generator inner) implements Generator {

  @Override
  public Step next(Context context) {
    return new Within(context.threads().matching(predicate), inner).next(context);
  }

  /** The same, once the threads are known. */
  record Within(ThreadSet threads, Generator inner) implements Generator {

    @Override
    public Step next(Context context) {
      if (!threads.intersects(context.threads())) {
        return Step.DONE; // nobody could ever do this
      }
      return switch (inner.next(context.within(threads))) {
        case Step.Emit(Invocation invocation, Generator rest) ->
            new Step.Emit(invocation, new Within(threads, rest));
        case Step.Pending(Generator rest, long untilNanos) ->
            new Step.Pending(with(rest), untilNanos);
        case Step.Done done -> done;
      };
    }

    @Override
    public Generator update(Context context, OperationEvent event) {
      return threads.contains(event.thread())
          ? with(inner.update(context.within(threads), event))
          : this;
    }

    private Generator with(Generator next) {
      return Unchanged.is(inner, next) ? this : new Within(threads, next);
    }
  }
}
