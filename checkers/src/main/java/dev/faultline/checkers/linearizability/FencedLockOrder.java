package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides a lock that hands out tokens, in O(n log n), one answer at a time.
 *
 * <p>Refuted is what contradicts the order of the tokens ({@link PinnedOrder}), and what could not
 * even be if nobody looked at them ({@link LockOrder}). Otherwise one order is tried: the
 * acquisitions by token, after each the release that names its token, or else of those that name
 * none the one that completes first. Where that is no order, as when an acquisition without an
 * answer was released, the answer is UNDECIDED.
 */
final class FencedLockOrder implements Specialist {

  private static final PinnedOrder BY_TOKEN = new PinnedOrder(FencedLock::pins);

  @Override
  public Conclusion decide(Operations operations) {
    Conclusion byToken = BY_TOKEN.decide(operations);
    if (byToken instanceof Contradiction
        || !(operations.space() instanceof ModelSpace<?> space)
        || !(space.model() instanceof FencedLock lock)) {
      return byToken;
    }
    Conclusion anyToken = new LockOrder().decide(operations);
    return anyToken instanceof Ordered ? new Trial(operations, space, lock).decide() : anyToken;
  }

  /** One order that is likely. */
  private static final class Trial {

    private final Operations operations;
    private final ModelSpace<?> space;
    private final FencedLock lock;
    private final Map<Json, Integer> naming = new HashMap<>();
    private final List<Integer> acquisitions = new ArrayList<>();
    private final List<Integer> anonymous = new ArrayList<>();

    Trial(Operations operations, ModelSpace<?> space, FencedLock lock) {
      this.operations = operations;
      this.space = space;
      this.lock = lock;
      for (int i = 0; i < operations.size(); i++) {
        operations.limits().look(i);
        Call call = space.call(operations.call(i));
        if (!call.f().equals(FencedLock.RELEASE)) {
          if (call.result() instanceof Json.Int) {
            acquisitions.add(i);
          }
        } else if (call.argument() instanceof Json.Int) {
          naming.merge(call.argument(), i, (a, b) -> operations.isOpenEnded(a) ? b : a);
        } else {
          anonymous.add(i);
        }
      }
      acquisitions.sort(Comparator.comparingLong(this::token));
      anonymous.sort(Comparator.comparingInt(operations::completion));
    }

    private long token(int acquisition) {
      return space.call(operations.call(acquisition)).result() instanceof Json.Int(long token)
          ? token
          : 0;
    }

    Conclusion decide() {
      Deque<Integer> others = new ArrayDeque<>(anonymous);
      int[] order = new int[2 * acquisitions.size()];
      int count = 0;
      for (int acquisition : acquisitions) {
        order[count++] = acquisition;
        Integer release = naming.get(Json.of(token(acquisition)));
        release = release == null ? others.poll() : release;
        if (release != null) {
          order[count++] = release;
        }
      }
      int length = count;
      return isOrder(order, length) ? new Ordered(() -> Arrays.copyOf(order, length)) : UNDECIDED;
    }

    private boolean isOrder(int[] order, int count) {
      boolean[] placed = new boolean[operations.size()];
      FencedLock.State state = lock.initial();
      for (int i = 0; i < count; i++) {
        placed[order[i]] = true;
        FencedLock.State next = lock.step(state, space.call(operations.call(order[i])));
        if (next == null) {
          return false;
        }
        state = next;
      }
      for (int i = 0; i < placed.length; i++) {
        if (!placed[i] && !operations.isOpenEnded(i)) {
          return false;
        }
      }
      return new Moments(operations).agree(order, count);
    }
  }
}
