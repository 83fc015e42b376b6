package dev.faultline.workloads.generator;

import java.util.random.RandomGenerator;

/**
 * A weighted choice for every operation. The choice for the next operation is drawn when one is
 * made and kept until it is used: were it drawn whenever the generator is asked, parts with an
 * invocation in the future would be asked more often and so chosen more often.
 */
final class Mix implements Generator {

  private static final int NONE = -1;

  private final int[] weights;
  private final Slots parts;
  private final int chosen;

  private Mix(int[] weights, Slots parts, int chosen) {
    this.weights = weights;
    this.parts = parts;
    this.chosen = chosen;
  }

  static Generator of(int[] weights, Generator... parts) {
    if (weights.length != parts.length) {
      throw new IllegalArgumentException(
          weights.length + " weights for " + parts.length + " generators");
    }
    Slots slots = Slots.filled(parts.length, Nothing.INSTANCE);
    for (int i = 0; i < parts.length; i++) {
      if (weights[i] < 0) {
        throw new IllegalArgumentException("a weight must be at least 0, not " + weights[i]);
      }
      slots = slots.with(i, weights[i] == 0 ? Nothing.INSTANCE : parts[i]);
    }
    return new Mix(weights, slots, NONE);
  }

  @Override
  public Step next(Context context) {
    int first = chosen == NONE ? draw(context.random()) : chosen;
    if (first == NONE) {
      return Step.DONE;
    }
    Poll poll = new Poll(parts, context.nowNanos());
    for (int i = 0; i < weights.length; i++) {
      int index = (first + i) % weights.length;
      Step step = parts.get(index).next(context);
      // The part that was chosen may take its time; the others only stand in while it is pending.
      if (poll.offer(index, step) || step instanceof Step.Emit) {
        break;
      }
    }
    return switch (poll.result(left -> new Mix(weights, left, first))) {
      case Step.Emit(Invocation invocation, Generator rest) when rest instanceof Mix mix ->
          new Step.Emit(invocation, mix.redrawn(context.random()));
      case Step step -> step;
    };
  }

  @Override
  public Generator update(Context context, OperationEvent event) {
    Slots updated = parts;
    for (int i = 0; i < weights.length; i++) {
      updated = updated.with(i, parts.get(i).update(context, event));
    }
    return updated == parts ? this : new Mix(weights, updated, chosen);
  }

  private Mix redrawn(RandomGenerator random) {
    return new Mix(weights, parts, draw(random));
  }

  private int draw(RandomGenerator random) {
    int total = 0;
    for (int i = 0; i < weights.length; i++) {
      total += weight(i);
    }
    if (total == 0) {
      return NONE;
    }
    int ticket = random.nextInt(total);
    int index = 0;
    while (ticket >= weight(index)) {
      ticket -= weight(index++);
    }
    return index;
  }

  private int weight(int index) {
    return Unchanged.is(Nothing.INSTANCE, parts.get(index)) ? 0 : weights[index];
  }
}
