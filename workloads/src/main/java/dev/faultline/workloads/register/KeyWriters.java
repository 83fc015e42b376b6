package dev.faultline.workloads.register;

import dev.faultline.checkers.json.Json;
import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.client.Outcome;
import dev.faultline.workloads.generator.Context;
import dev.faultline.workloads.generator.Generator;
import dev.faultline.workloads.generator.Invocation;
import dev.faultline.workloads.generator.OperationEvent;
import dev.faultline.workloads.generator.Step;
import dev.faultline.workloads.register.RegisterOptions.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Reads, writes and compare-and-sets of one key. It remembers the values that the key was seen to
 * have, because a compare-and-set that never finds what it expects tests nothing.
 */
final class KeyWriters implements Generator {

  private static final int REMEMBERED = 4;
  private static final int SMALL_VALUES = 5;

  /** How often a compare-and-set expects the very latest value, and not one of those before. */
  private static final double LATEST_SHARE = 0.75;

  private final String key;
  private final RegisterOptions options;

  /** Values that the key was seen to have, latest first, at most {@link #REMEMBERED}. */
  private final List<Long> recent;

  KeyWriters(String key, RegisterOptions options) {
    this(key, options, List.of());
  }

  private KeyWriters(String key, RegisterOptions options, List<Long> recent) {
    this.key = key;
    this.options = options;
    this.recent = recent;
  }

  @Override
  public Step next(Context context) {
    if (context.free().isEmpty()) {
      return Step.Pending.untilEvent(this);
    }
    int thread = context.free().any(context.random());
    return new Step.Emit(new Invocation(context.nowNanos(), thread, draw(context.random())), this);
  }

  @Override
  public Generator update(Context context, OperationEvent event) {
    if (!(event instanceof OperationEvent.Completed completed)
        || !(completed.outcome() instanceof Outcome.Ok ok)
        || !event.operation().key().equals(key)) {
      return this;
    }
    return switch (event.operation()) {
      case Operation.Read _ -> ok.value() instanceof Json.Int(long value) ? seen(value) : this;
      case Operation.Write write -> seen(write.newValue());
      case Operation.CompareAndSet cas -> seen(cas.newValue());
    };
  }

  private Operation draw(RandomGenerator random) {
    int ticket = random.nextInt(options.readWeight() + options.writeWeight() + options.casWeight());
    if (ticket < options.readWeight()) {
      return new Operation.Read(key);
    }
    // UniqueValues puts another value in the place of this one if values are to be unique.
    long value = random.nextInt(SMALL_VALUES);
    boolean isWrite = ticket < options.readWeight() + options.writeWeight();
    if (isWrite || (recent.isEmpty() && options.values() == Values.UNIQUE)) {
      return new Operation.Write(key, value);
    }
    return new Operation.CompareAndSet(key, expected(random), value);
  }

  private long expected(RandomGenerator random) {
    if (recent.isEmpty()) {
      return random.nextInt(SMALL_VALUES);
    }
    boolean latest = random.nextDouble() < LATEST_SHARE;
    return recent.get(latest ? 0 : random.nextInt(recent.size()));
  }

  private KeyWriters seen(long value) {
    if (!recent.isEmpty() && recent.getFirst() == value) {
      return this;
    }
    List<Long> next = new ArrayList<>(REMEMBERED);
    next.add(value);
    next.addAll(recent.subList(0, Math.min(recent.size(), REMEMBERED - 1)));
    return new KeyWriters(key, options, next);
  }
}
