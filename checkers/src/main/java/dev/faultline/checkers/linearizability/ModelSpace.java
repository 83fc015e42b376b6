package dev.faultline.checkers.linearizability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The part of a model's state graph that a search has met.
 *
 * <p>States and distinct calls are numbered as they appear; each transition is asked of the model
 * once and then found in an open-addressing table.
 */
final class ModelSpace<S> implements StateSpace {

  private static final long EMPTY = -1;
  private static final int INITIAL_SLOTS = 256;

  /** What an entry of the two hash maps is taken to cost, object headers included. */
  private static final long STATE_BYTES = 200;

  private final Model<S> model;
  private final Map<S, Integer> stateNumbers = new HashMap<>();
  private final List<S> states = new ArrayList<>();
  private final Map<Call, Integer> callNumbers = new HashMap<>();
  private final List<Call> calls = new ArrayList<>();

  private long[] keys = new long[INITIAL_SLOTS];
  private int[] targets = new int[INITIAL_SLOTS];
  private int size;

  ModelSpace(Model<S> model) {
    this.model = model;
    Arrays.fill(keys, EMPTY);
    int _ = numberOf(model.initial());
  }

  @Override
  public int number(Call call) {
    // The answer to a blind call tells nothing, so that calls with different ones are equal.
    Call canonical =
        call.answer() == Call.Answer.OK && model.isBlind(call) ? call.unanswered() : call;
    return callNumbers.computeIfAbsent(
        canonical,
        added -> {
          calls.add(added);
          return calls.size() - 1;
        });
  }

  /** Returns the model. */
  Model<S> model() {
    return model;
  }

  /** Returns the call with a number. */
  Call call(int number) {
    return calls.get(number);
  }

  @Override
  public Specialist specialist() {
    return model instanceof Specialised object ? object.specialist() : Specialist.NONE;
  }

  @Override
  public int unanswered(int call) {
    return number(calls.get(call).unanswered());
  }

  @Override
  public int step(int state, int call) {
    long key = (long) state << Integer.SIZE | call;
    int slot = slot(keys, key);
    if (keys[slot] == key) {
      return targets[slot];
    }
    Call asked = calls.get(call);
    S next = next(states.get(state), asked);
    int target = next == null ? IMPOSSIBLE : numberOf(next);
    if (next != null && asked.answer() == Call.Answer.REFUSED) {
      target = state; // It changed nothing, whatever the model made of it.
    }
    if (2 * (size + 1) > keys.length) {
      grow();
      slot = slot(keys, key);
    }
    keys[slot] = key;
    targets[slot] = target;
    size++;
    return target;
  }

  /** Asks the model itself, and remembers no states: they can be large. */
  @Override
  public boolean accepts(Operations operations, int[] order, Limits limits) {
    Predicate<Call> inPlace = model instanceof Specialised object ? object.inPlace() : null;
    if (inPlace != null) {
      for (int operation : order) {
        limits.check();
        if (!inPlace.test(calls.get(operations.call(operation)))) {
          return false;
        }
      }
      return true;
    }
    S state = model.initial();
    for (int operation : order) {
      limits.check();
      Call call = calls.get(operations.call(operation));
      S next = next(state, call);
      if (next == null) {
        return false;
      }
      state = call.answer() == Call.Answer.REFUSED ? state : next;
    }
    return true;
  }

  private @Nullable S next(S state, Call call) {
    try {
      return model.step(state, call);
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "model " + model.name() + " cannot tell what " + call + " does in state " + state, e);
    }
  }

  @Override
  public boolean isReadOnly(int call) {
    return calls.get(call).answer() == Call.Answer.REFUSED || model.isReadOnly(calls.get(call));
  }

  @Override
  public boolean isBlind(int call) {
    return model.isBlind(calls.get(call));
  }

  @Override
  public boolean overwrites(int call) {
    return model.overwrites(calls.get(call));
  }

  @Override
  public @Nullable Object part(int call) {
    return model.part(calls.get(call));
  }

  @Override
  public long bytes() {
    return (long) keys.length * (Long.BYTES + Integer.BYTES) + states.size() * STATE_BYTES;
  }

  private int numberOf(S state) {
    return stateNumbers.computeIfAbsent(
        state,
        added -> {
          states.add(added);
          return states.size() - 1;
        });
  }

  private void grow() {
    long[] newKeys = new long[keys.length * 2];
    int[] newTargets = new int[newKeys.length];
    Arrays.fill(newKeys, EMPTY);
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != EMPTY) {
        int slot = slot(newKeys, keys[i]);
        newKeys[slot] = keys[i];
        newTargets[slot] = targets[i];
      }
    }
    keys = newKeys;
    targets = newTargets;
  }

  private static int slot(long[] table, long key) {
    long hash = key * 0x9e3779b97f4a7c15L;
    int slot = (int) (hash >>> Integer.SIZE) & (table.length - 1);
    while (table[slot] != EMPTY && table[slot] != key) {
      slot = (slot + 1) & (table.length - 1);
    }
    return slot;
  }
}
