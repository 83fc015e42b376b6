package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The states of a register: its values, numbered as they appear; the initial one is number 0.
 *
 * <p>A call is known by what it needs, refutes and leaves, whatever its function and answer: a
 * write that was acknowledged and one that was not are the same call.
 */
final class RegisterSpace implements StateSpace {

  /** The value that stands for "any" in needs, "none" in refutes and "no change" in leaves. */
  static final int NONE = -1;

  /** The number of a call that is no access to a register. */
  static final int NO_ACCESS = -3;

  private static final int INITIAL_CALLS = 16;

  /** What {@link #firsts} tells of a value: the first call that leaves it, needs it, refutes it. */
  private static final int LEAVING = 0;

  private static final int NEEDING = 1;
  private static final int REFUTING = 2;
  private static final int KINDS = 3;
  private static final int EMPTY = -1;

  private final Model<?> model;
  private final ValueNumbers values = new ValueNumbers();

  private int[] needs = new int[INITIAL_CALLS];
  private int[] refutes = new int[INITIAL_CALLS];
  private int[] leaves = new int[INITIAL_CALLS];
  private int size;

  /**
   * For each value, the first call of each kind. Where values are unique this knows every call, and
   * knows it beside those of the values that came just before.
   */
  private int[] firsts = new int[KINDS * INITIAL_CALLS];

  /** Open addressing from what a call does to its number, of those that are no firsts. */
  private int[] table = new int[2 * INITIAL_CALLS];

  private int tabled;

  RegisterSpace(Model<?> model, Json initial) {
    this.model = model;
    int _ = value(initial);
    Arrays.fill(firsts, EMPTY);
    Arrays.fill(table, EMPTY);
  }

  @Override
  public int number(Call call) {
    RegisterAccess access = model.access(call);
    if (access == null) {
      return NO_ACCESS;
    }
    int need = value(access.needs());
    int left = value(access.leaves());
    // What leaves the value that it needs changes nothing.
    return number(need, value(access.refutes()), left == need ? NONE : left);
  }

  @Override
  public Specialist specialist() {
    return Zones::conclude;
  }

  @Override
  public int unanswered(int call) {
    return call; // What it does is the same.
  }

  @Override
  public int step(int state, int call) {
    int need = needs[call];
    if ((need != NONE && need != state) || refutes[call] == state) {
      return IMPOSSIBLE;
    }
    int left = leaves[call];
    return left == NONE ? state : left;
  }

  @Override
  public boolean accepts(Operations operations, int[] order, Limits limits) {
    int state = INITIAL;
    for (int i = 0; i < order.length && state != IMPOSSIBLE; i++) {
      limits.look(i);
      state = step(state, operations.call(order[i]));
    }
    return state != IMPOSSIBLE;
  }

  @Override
  public boolean isReadOnly(int call) {
    return leaves[call] == NONE;
  }

  @Override
  public boolean isBlind(int call) {
    return needs[call] == NONE && refutes[call] == NONE;
  }

  @Override
  public boolean overwrites(int call) {
    return isBlind(call) && leaves[call] != NONE;
  }

  @Override
  public @Nullable Object part(int call) {
    return null; // A register is one part.
  }

  @Override
  public long bytes() {
    return values.bytes() + (3L * needs.length + firsts.length + table.length) * Integer.BYTES;
  }

  /** Returns the value that {@code call} needs, or {@link #NONE}. */
  int needs(int call) {
    return needs[call];
  }

  /** Returns the value that must not be there when {@code call} takes effect, or {@link #NONE}. */
  int refutes(int call) {
    return refutes[call];
  }

  /** Returns the value that {@code call} leaves, or {@link #NONE} if it changes nothing. */
  int leaves(int call) {
    return leaves[call];
  }

  /** Returns how many values there are. */
  int values() {
    return values.size();
  }

  /** Returns how many calls there are. */
  int calls() {
    return size;
  }

  private int value(@Nullable Json json) {
    return json == null ? NONE : values.number(json);
  }

  private int number(int need, int refuted, int left) {
    int first = first(need, refuted, left);
    if (first == NONE) {
      return tabled(need, refuted, left);
    }
    if (first >= firsts.length) {
      int known = firsts.length;
      firsts = Arrays.copyOf(firsts, Math.max(first + 1, 2 * known));
      Arrays.fill(firsts, known, firsts.length, EMPTY);
    }
    int call = firsts[first];
    if (call == EMPTY) {
      call = add(need, refuted, left);
      firsts[first] = call;
      return call;
    }
    return is(call, need, refuted, left) ? call : tabled(need, refuted, left);
  }

  /** Returns where among {@link #firsts} a call may be; {@link #NONE} if it is about no value. */
  private static int first(int need, int refuted, int left) {
    if (left != NONE) {
      return KINDS * left + LEAVING;
    }
    if (need != NONE) {
      return KINDS * need + NEEDING;
    }
    return refuted == NONE ? NONE : KINDS * refuted + REFUTING;
  }

  private int tabled(int need, int refuted, int left) {
    int slot = slot(need, refuted, left);
    if (table[slot] != EMPTY) {
      return table[slot];
    }
    if (2 * (tabled + 1) > table.length) {
      growTable();
      slot = slot(need, refuted, left);
    }
    tabled++;
    table[slot] = add(need, refuted, left);
    return table[slot];
  }

  private int add(int need, int refuted, int left) {
    if (size == needs.length) {
      needs = Arrays.copyOf(needs, 2 * size);
      refutes = Arrays.copyOf(refutes, 2 * size);
      leaves = Arrays.copyOf(leaves, 2 * size);
    }
    needs[size] = need;
    refutes[size] = refuted;
    leaves[size] = left;
    return size++;
  }

  private boolean is(int call, int need, int refuted, int left) {
    return needs[call] == need && refutes[call] == refuted && leaves[call] == left;
  }

  private void growTable() {
    int[] old = table;
    table = new int[2 * old.length];
    Arrays.fill(table, EMPTY);
    for (int call : old) {
      if (call != EMPTY) {
        table[slot(needs[call], refutes[call], leaves[call])] = call;
      }
    }
  }

  private int slot(int need, int refuted, int left) {
    long hash = ((long) need * 0x9e3779b9 + refuted) * 0x85ebca6bL + left;
    hash *= 0x9e3779b97f4a7c15L;
    int slot = (int) (hash >>> Integer.SIZE) & (table.length - 1);
    while (table[slot] != EMPTY && !is(table[slot], need, refuted, left)) {
      slot = (slot + 1) & (table.length - 1);
    }
    return slot;
  }
}
