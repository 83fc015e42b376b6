package dev.faultline.workloads.generator;

import dev.faultline.workloads.client.Operation;
import java.util.function.UnaryOperator;

/** Operations, each replaced by another. */
record Mapped(Generator inner, UnaryOperator<Operation> function) implements Generator {

  @Override
  public Step next(Context context) {
    return switch (inner.next(context)) {
      case Step.Emit(Invocation(long timeNanos, int thread, Operation operation), Generator rest) ->
          new Step.Emit(
              new Invocation(timeNanos, thread, function.apply(operation)),
              new Mapped(rest, function));
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
    return Unchanged.is(inner, next) ? this : new Mapped(next, function);
  }
}
