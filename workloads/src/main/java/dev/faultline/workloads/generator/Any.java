package dev.faultline.workloads.generator;

import java.util.List;

/** Whichever comes first; of those ready at once, each is tried first as often as the others. */
record Any(Slots parts) implements Generator {

  static Generator of(List<? extends Generator> parts) {
    if (parts.isEmpty()) {
      return Nothing.INSTANCE;
    }
    Slots slots = Slots.filled(parts.size(), Nothing.INSTANCE);
    for (int i = 0; i < parts.size(); i++) {
      slots = slots.with(i, parts.get(i));
    }
    return new Any(slots);
  }

  @Override
  public Step next(Context context) {
    int count = parts.size();
    int first = count == 1 ? 0 : context.random().nextInt(count);
    Poll poll = new Poll(parts, context.nowNanos());
    for (int i = 0; i < count; i++) {
      int index = (first + i) % count;
      if (poll.offer(index, parts.get(index).next(context))) {
        break;
      }
    }
    return poll.result(Any::new);
  }

  @Override
  public Generator update(Context context, OperationEvent event) {
    Slots updated = parts;
    for (int i = 0; i < parts.size(); i++) {
      updated = updated.with(i, parts.get(i).update(context, event));
    }
    return updated == parts ? this : new Any(updated);
  }
}
