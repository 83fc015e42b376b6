package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.OperationError;
import dev.faultline.checkers.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The oracle: tries every order of a small history of one register that respects real time, with
 * every subset of its indeterminate operations. Shares no code with the checker.
 */
final class BruteForce {

  private record Op(int from, int to, String f, Json argument, Json result, EventType type) {}

  private final List<Op> ops = new ArrayList<>();

  private BruteForce(History history) {
    for (int i = 0; i < history.size(); i++) {
      if (history.type(i) != EventType.INVOKE) {
        continue;
      }
      int end = history.counterpart(i);
      EventType type = end < 0 ? EventType.INFO : history.type(end);
      OperationError error = end < 0 ? null : history.error(end);
      boolean refused = error != null && error.code().equals("compare-failed");
      if (type == EventType.FAIL && !refused) {
        continue;
      }
      int to = type == EventType.INFO ? Integer.MAX_VALUE : end;
      Json result = end < 0 ? Json.NULL : history.value(end);
      ops.add(new Op(i, to, history.f(i), history.value(i), result, type));
    }
  }

  static boolean isLinearizable(History history) {
    BruteForce oracle = new BruteForce(history);
    return oracle.extend(new boolean[oracle.ops.size()], Json.NULL);
  }

  private boolean extend(boolean[] placed, Json state) {
    boolean complete = true;
    for (int i = 0; i < placed.length; i++) {
      complete &= placed[i] || ops.get(i).type() == EventType.INFO;
    }
    if (complete) {
      return true;
    }
    for (int i = 0; i < placed.length; i++) {
      if (placed[i] || !mayBeNext(i, placed)) {
        continue;
      }
      Json next = apply(state, ops.get(i));
      if (next != null) {
        placed[i] = true;
        if (extend(placed, next)) {
          return true;
        }
        placed[i] = false;
      }
    }
    return false;
  }

  private boolean mayBeNext(int candidate, boolean[] placed) {
    for (int i = 0; i < placed.length; i++) {
      if (!placed[i] && i != candidate && ops.get(i).to() < ops.get(candidate).from()) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Json apply(Json state, Op op) {
    return switch (op.f()) {
      case "read" -> op.type() == EventType.INFO || op.result().equals(state) ? state : null;
      case "write" -> op.argument();
      case "cas" -> compareAndSet(state, op);
      default -> throw new IllegalArgumentException(op.f());
    };
  }

  private static @Nullable Json compareAndSet(Json state, Op op) {
    List<Json> pair = ((Json.Array) op.argument()).values();
    boolean matches = pair.get(0).equals(state);
    if (op.type() == EventType.FAIL) {
      return matches ? null : state;
    }
    return matches ? pair.get(1) : null;
  }
}
