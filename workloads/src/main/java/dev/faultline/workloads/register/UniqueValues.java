package dev.faultline.workloads.register;

import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.generator.Context;
import dev.faultline.workloads.generator.Generator;
import dev.faultline.workloads.generator.Invocation;
import dev.faultline.workloads.generator.OperationEvent;
import dev.faultline.workloads.generator.Step;

/** Gives every value that is written its own number, counting up over all keys. */
record UniqueValues(Generator inner, long nextValue) implements Generator {

  @Override
  public Step next(Context context) {
    return switch (inner.next(context)) {
      case Step.Emit(Invocation(long timeNanos, int thread, Operation operation), Generator rest) ->
          switch (operation) {
            case Operation.Read _, Operation.Transaction _ ->
                new Step.Emit(
                    new Invocation(timeNanos, thread, operation),
                    new UniqueValues(rest, nextValue));
            case Operation.Write(String key, long _) ->
                new Step.Emit(
                    new Invocation(timeNanos, thread, new Operation.Write(key, nextValue)),
                    new UniqueValues(rest, nextValue + 1));
            case Operation.CompareAndSet(String key, long expected, long _) ->
                new Step.Emit(
                    new Invocation(
                        timeNanos, thread, new Operation.CompareAndSet(key, expected, nextValue)),
                    new UniqueValues(rest, nextValue + 1));
          };
      case Step.Pending(Generator rest, long untilNanos) ->
          new Step.Pending(new UniqueValues(rest, nextValue), untilNanos);
      case Step.Done done -> done;
    };
  }

  @Override
  public Generator update(Context context, OperationEvent event) {
    return new UniqueValues(inner.update(context, event), nextValue);
  }
}
