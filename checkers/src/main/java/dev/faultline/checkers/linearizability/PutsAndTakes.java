package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a queue or a stack by value, if each value is put in once.
 *
 * <p>A value whose put got no answer and that nobody took is left out: an order without it is as
 * good. What remains are values with a put and perhaps a take, takes that found nothing
 * (<em>empties</em>), and takes without an answer, each of which may have taken a value that nobody
 * else took (<em>unknown</em>, by invocation).
 */
final class PutsAndTakes {

  static final int NONE = -1;

  final Operations operations;
  final Moments moments;

  /** The put of each value. */
  int[] puts = new int[0];

  /** The take of each value, or {@link #NONE}. */
  int[] takes = new int[0];

  int[] empties = new int[0];
  int[] unknown = new int[0];

  /** Operations that contradict each other on one value alone; empty if there are none. */
  int[] contradiction = new int[0];

  private PutsAndTakes(Operations operations) {
    this.operations = operations;
    moments = new Moments(operations);
  }

  /** Returns the operations by value, or null if a value was put in twice. */
  static @Nullable PutsAndTakes of(Operations operations, Sequence model) {
    if (!(operations.space() instanceof ModelSpace<?> space)) {
      return null;
    }
    PutsAndTakes made = new PutsAndTakes(operations);
    return made.sort(space, model) ? made : null;
  }

  private boolean sort(ModelSpace<?> space, Sequence model) {
    int size = operations.size();
    Map<Json, Integer> numbers = new HashMap<>(2 * size);
    int[] allPuts = new int[size];
    int[] allTakes = new int[size];
    Arrays.fill(allPuts, NONE);
    Arrays.fill(allTakes, NONE);
    BitSet empty = new BitSet(size);
    BitSet untold = new BitSet(size);
    for (int i = 0; i < size; i++) {
      operations.limits().look(i);
      Call call = space.call(operations.call(i));
      boolean puts = call.f().equals(model.put());
      Json value = puts ? call.argument() : call.result();
      boolean answered = call.answer() == Call.Answer.OK;
      if (call.answer() == Call.Answer.REFUSED
          || (puts && value instanceof Json.Null)
          || (!puts && answered == operations.isOpenEnded(i))) {
        return false;
      }
      if (!puts && !answered) {
        untold.set(i);
      } else if (value instanceof Json.Null) {
        empty.set(i);
      } else {
        int number = numbers.computeIfAbsent(value, _ -> numbers.size());
        int[] side = puts ? allPuts : allTakes;
        if (side[number] == NONE) {
          side[number] = i;
        } else if (puts) {
          return false;
        } else if (contradiction.length == 0) {
          contradiction = new int[] {side[number], i};
        }
      }
    }
    empties = empty.stream().toArray();
    unknown = untold.stream().toArray();
    return keep(allPuts, allTakes, numbers.size());
  }

  private boolean keep(int[] allPuts, int[] allTakes, int count) {
    puts = new int[count];
    takes = new int[count];
    int kept = 0;
    for (int value = 0; value < count; value++) {
      int put = allPuts[value];
      int take = allTakes[value];
      if (put == NONE) {
        contradiction = new int[] {take};
      } else if (take != NONE || !operations.isOpenEnded(put)) {
        puts[kept] = put;
        takes[kept++] = take;
        if (take != NONE && moments.last(take) < moments.first(put)) {
          contradiction = new int[] {put, take};
        }
        if (contradiction.length == 2 && contradiction[0] == take) {
          contradiction = new int[] {put, take, contradiction[1]};
        }
      }
    }
    puts = Arrays.copyOf(puts, kept);
    takes = Arrays.copyOf(takes, kept);
    return true;
  }

  /**
   * Tells whether an order that was found is one: it agrees with real time, has every operation
   * that completed, and every take finds its value, or nothing.
   *
   * @param order the operations, of which the first {@code count} count
   * @param fromTheFront whether values are taken from the front, otherwise from the end
   * @param takenBy the operation that takes each put's value, or {@link #NONE}
   */
  boolean isOrder(int[] order, int count, boolean fromTheFront, int[] takenBy) {
    boolean[] placed = new boolean[operations.size()];
    boolean[] empty = new boolean[operations.size()];
    for (int operation : empties) {
      empty[operation] = true;
    }
    boolean[] isPut = new boolean[operations.size()];
    for (int put : puts) {
      isPut[put] = true;
    }
    int[] row = new int[count];
    int front = 0;
    int end = 0;
    for (int i = 0; i < count; i++) {
      int operation = order[i];
      if (placed[operation]) {
        return false;
      }
      placed[operation] = true;
      if (isPut[operation]) {
        row[end++] = operation;
      } else if (empty[operation]) {
        if (front != end) {
          return false;
        }
      } else if (front == end || takenBy[fromTheFront ? row[front++] : row[--end]] != operation) {
        return false;
      }
    }
    for (int i = 0; i < placed.length; i++) {
      if (!placed[i] && !operations.isOpenEnded(i)) {
        return false;
      }
    }
    return moments.agree(order, count);
  }
}
