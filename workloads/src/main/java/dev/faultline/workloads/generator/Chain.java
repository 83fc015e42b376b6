package dev.faultline.workloads.generator;

import java.util.List;

/** One generator after the other; only the current one is told of events. */
record Chain(Generator current, List<Generator> following) implements Generator {

  static Generator of(List<Generator> parts) {
    return parts.isEmpty()
        ? Nothing.INSTANCE
        : new Chain(parts.getFirst(), List.copyOf(parts.subList(1, parts.size())));
  }

  @Override
  public Step next(Context context) {
    Chain chain = this;
    while (true) {
      switch (chain.current.next(context)) {
        case Step.Emit(Invocation invocation, Generator rest) -> {
          return new Step.Emit(invocation, chain.with(rest));
        }
        case Step.Pending(Generator rest, long untilNanos) -> {
          return new Step.Pending(chain.with(rest), untilNanos);
        }
        case Step.Done done -> {
          if (chain.following.isEmpty()) {
            return done;
          }
          List<Generator> parts = chain.following;
          chain = new Chain(parts.getFirst(), parts.subList(1, parts.size()));
        }
      }
    }
  }

  @Override
  public Generator update(Context context, OperationEvent event) {
    return with(current.update(context, event));
  }

  private Chain with(Generator next) {
    return Unchanged.is(current, next) ? this : new Chain(next, following);
  }
}
