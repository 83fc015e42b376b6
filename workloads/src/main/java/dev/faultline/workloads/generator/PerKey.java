package dev.faultline.workloads.generator;

import java.util.Arrays;

/**
 * Groups of threads, each at work on a key of its own.
 *
 * <p>After Jepsen's {@code independent/concurrent-generator}: many short histories of separate keys
 * can be checked where one long history could not.
 */
record PerKey(Groups groups, Slots current, long nextKey, long keyCount, KeyedGenerator keys)
    implements Generator {

  @Override
  public Step next(Context context) {
    ThreadSet free = context.free();
    if (free.isEmpty()) {
      return Step.Pending.untilEvent(this);
    }
    Poll poll = new Poll(current, context.nowNanos());
    // Beginning with the group of a thread that is free gives large groups their share.
    int first = groups.of(free.any(context.random()));
    long key = nextKey;
    for (int i = 0; i < groups.count(); i++) {
      int group = (first + i) % groups.count();
      if (!free.intersects(groups.threads(group))) {
        poll.skip();
        continue;
      }
      Context own = context.within(groups.threads(group));
      Step step = current.get(group).next(own);
      while (step instanceof Step.Done && key < keyCount) {
        step = keys.forKey(key++, context.random()).next(own);
      }
      if (poll.offer(group, step)) {
        break;
      }
    }
    long following = key;
    return poll.result(left -> new PerKey(groups, left, following, keyCount, keys));
  }

  @Override
  public Generator update(Context context, OperationEvent event) {
    int group = groups.of(event.thread());
    if (group < 0) {
      return this;
    }
    Generator updated = current.get(group).update(context.within(groups.threads(group)), event);
    return Unchanged.is(current.get(group), updated)
        ? this
        : new PerKey(groups, current.with(group, updated), nextKey, keyCount, keys);
  }

  /** The same, until it is first asked and so learns which threads there are. */
  record Unassigned(int groupCount, long keyCount, KeyedGenerator keys) implements Generator {

    Unassigned {
      if (groupCount < 1) {
        throw new IllegalArgumentException("groups must be at least 1, not " + groupCount);
      }
    }

    @Override
    public Step next(Context context) {
      Groups groups = new Groups(context.threads(), groupCount);
      Slots none = Slots.filled(groups.count(), Nothing.INSTANCE);
      return new PerKey(groups, none, 0, keyCount, keys).next(context);
    }
  }

  /** Threads in groups whose sizes differ by one at most; fewer groups if threads are too few. */
  static final class Groups {

    private final ThreadSet[] threads;
    private final int[] groupOfThread;

    Groups(ThreadSet all, int wanted) {
      int count = Math.min(wanted, all.size());
      threads = new ThreadSet[count];
      groupOfThread = new int[all.get(all.size() - 1) + 1];
      Arrays.fill(groupOfThread, -1);
      for (int group = 0; group < count; group++) {
        int from = (int) ((long) all.size() * group / count);
        int to = (int) ((long) all.size() * (group + 1) / count);
        threads[group] = all.slice(from, to);
        for (int rank = from; rank < to; rank++) {
          groupOfThread[all.get(rank)] = group;
        }
      }
    }

    int count() {
      return threads.length;
    }

    ThreadSet threads(int group) {
      return threads[group];
    }

    int of(int thread) {
      return thread < groupOfThread.length ? groupOfThread[thread] : -1;
    }
  }
}
