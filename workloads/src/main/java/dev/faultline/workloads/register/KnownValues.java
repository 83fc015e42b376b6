package dev.faultline.workloads.register;

import dev.faultline.checkers.json.Json;
import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.client.Operation.CompareAndSet;
import dev.faultline.workloads.client.Operation.Write;
import dev.faultline.workloads.client.Outcome;
import dev.faultline.workloads.generator.Context;
import dev.faultline.workloads.generator.Generator;
import dev.faultline.workloads.generator.Invocation;
import dev.faultline.workloads.generator.OperationEvent;
import dev.faultline.workloads.generator.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Lets every compare-and-set of a key expect a value that the key was seen to have, because one
 * that never finds what it expects tests nothing. One that comes before anything was seen becomes a
 * write.
 *
 * @param recent values that the key was seen to have, latest first
 */
record KnownValues(String key, Generator inner, List<Long> recent) implements Generator {

  private static final int REMEMBERED = 4;

  /** How often the very latest value is expected, and not any of those remembered. */
  private static final double LATEST_SHARE = 0.75;

  KnownValues(String key, Generator inner) {
    this(key, inner, List.of());
  }

  @Override
  public Step next(Context context) {
    return switch (inner.next(context)) {
      case Step.Emit(
              Invocation(long timeNanos, int thread, Operation operation),
              Generator rest) -> {
        Operation informed =
            operation instanceof CompareAndSet(String _, long _, long newValue)
                ? informed(newValue, context.random())
                : operation;
        yield new Step.Emit(
            new Invocation(timeNanos, thread, informed), new KnownValues(key, rest, recent));
      }
      case Step.Pending(Generator rest, long untilNanos) ->
          new Step.Pending(new KnownValues(key, rest, recent), untilNanos);
      case Step.Done done -> done;
    };
  }

  @Override
  public Generator update(Context context, OperationEvent event) {
    return new KnownValues(key, inner.update(context, event), after(event));
  }

  private Operation informed(long newValue, RandomGenerator random) {
    if (recent.isEmpty()) {
      return new Write(key, newValue);
    }
    boolean latest = random.nextDouble() < LATEST_SHARE;
    return new CompareAndSet(key, recent.get(latest ? 0 : random.nextInt(recent.size())), newValue);
  }

  private List<Long> after(OperationEvent event) {
    if (!(event instanceof OperationEvent.Completed completed)
        || !(completed.outcome() instanceof Outcome.Ok ok)
        || !key.equals(event.operation().key())) { // a late answer about the key before this one
      return recent;
    }
    return switch (event.operation()) {
      case Operation.Read _ -> ok.value() instanceof Json.Int(long value) ? seen(value) : recent;
      case Write write -> seen(write.newValue());
      case CompareAndSet cas -> seen(cas.newValue());
      case Operation.Transaction _ -> recent;
    };
  }

  private List<Long> seen(long value) {
    if (!recent.isEmpty() && recent.getFirst() == value) {
      return recent;
    }
    List<Long> next = new ArrayList<>(REMEMBERED);
    next.add(value);
    next.addAll(recent.subList(0, Math.min(recent.size(), REMEMBERED - 1)));
    return next;
  }
}
