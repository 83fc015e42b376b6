package dev.faultline.workloads.transaction;

import dev.faultline.workloads.client.MicroOperation;
import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.generator.Context;
import dev.faultline.workloads.generator.Generator;
import dev.faultline.workloads.generator.Invocation;
import dev.faultline.workloads.generator.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Transactions for ever, over a moving window of keys.
 *
 * @param window the keys in use
 * @param nextKey the number of the key that enters the window next
 */
record TransactionGenerator(
    TransactionKind kind, TransactionOptions options, List<Key> window, long nextKey)
    implements Generator {

  /** A key in use, and how often it was written. */
  record Key(long number, long writes) {
    String name() {
      return "t" + number;
    }
  }

  static TransactionGenerator of(TransactionKind kind, TransactionOptions options) {
    List<Key> window = new ArrayList<>();
    for (int i = 0; i < options.keys(); i++) {
      window.add(new Key(i, 0));
    }
    return new TransactionGenerator(kind, options, List.copyOf(window), options.keys());
  }

  @Override
  public Step next(Context context) {
    if (context.free().isEmpty()) {
      return Step.Pending.untilEvent(this);
    }
    int thread = context.free().any(context.random());
    List<Key> keys = new ArrayList<>(window);
    long fresh = nextKey;
    List<MicroOperation> operations = new ArrayList<>();
    int count = 1 + context.random().nextInt(options.longest());
    for (int i = 0; i < count; i++) {
      int place = place(context.random());
      Key key = keys.get(place);
      if (context.random().nextBoolean()) {
        operations.add(kind.read(key.name()));
        continue;
      }
      operations.add(kind.write(key.name(), key.writes() + 1));
      boolean full = key.writes() + 1 >= options.writesPerKey();
      keys.set(place, full ? new Key(fresh++, 0) : new Key(key.number(), key.writes() + 1));
    }
    return new Step.Emit(
        new Invocation(
            context.nowNanos(),
            thread,
            new Operation.Transaction(operations, options.serializableReads())),
        new TransactionGenerator(kind, options, List.copyOf(keys), fresh));
  }

  /** Draws a place in the window, each half as often as the one before. */
  private int place(RandomGenerator random) {
    int place = 0;
    while (place < options.keys() - 1 && random.nextBoolean()) {
      place++;
    }
    return place;
  }
}
