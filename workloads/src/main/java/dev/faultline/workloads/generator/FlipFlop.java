package dev.faultline.workloads.generator;

import java.util.List;

/** Each part in turn, one operation at a time. */
record FlipFlop(Slots parts, int turn) implements Generator {

  static Generator of(List<? extends Generator> parts) {
    return Any.of(parts) instanceof Any(Slots slots) ? new FlipFlop(slots, 0) : Nothing.INSTANCE;
  }

  @Override
  public Step next(Context context) {
    return switch (parts.get(turn).next(context)) {
      case Step.Emit(Invocation invocation, Generator rest) ->
          new Step.Emit(
              invocation, new FlipFlop(parts.with(turn, rest), (turn + 1) % parts.size()));
      case Step.Pending(Generator rest, long untilNanos) ->
          new Step.Pending(new FlipFlop(parts.with(turn, rest), turn), untilNanos);
      case Step.Done done -> done;
    };
  }

  @Override
  public Generator update(Context context, OperationEvent event) {
    Slots updated = parts;
    for (int i = 0; i < parts.size(); i++) {
      updated = updated.with(i, parts.get(i).update(context, event));
    }
    return updated == parts ? this : new FlipFlop(updated, turn);
  }
}
