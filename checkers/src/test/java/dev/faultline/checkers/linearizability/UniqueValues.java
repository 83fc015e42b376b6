package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Small random histories of a register in which every value is written once: each operation takes
 * effect at a moment of its interval; then perhaps one answer is spoilt.
 */
final class UniqueValues {

  private final Random random;
  private final boolean refusals;

  UniqueValues(Random random, boolean refusals) {
    this.random = random;
    this.refusals = refusals;
  }

  List<Operation> next(int count) {
    List<Integer> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(i);
      events.add(i);
    }
    Collections.shuffle(events, random);
    // Near in time what was drawn far apart, else everything overlaps.
    for (int i = 0; i + 1 < events.size(); i++) {
      int next = events.subList(i + 1, events.size()).indexOf(events.get(i));
      if (next > 0 && random.nextBoolean()) {
        Collections.swap(events, i + 1 + random.nextInt(next + 1), i + 1 + next);
      }
    }
    List<Operation> operations = new ArrayList<>();
    Json state = Json.NULL;
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      order.add(i);
    }
    double[] moments = new double[count];
    for (int i = 0; i < count; i++) {
      int from = events.indexOf(i);
      moments[i] = from + random.nextDouble() * (events.lastIndexOf(i) - from);
    }
    order.sort(Comparator.comparingDouble(i -> moments[i]));
    for (int i : order) {
      int from = events.indexOf(i);
      int to = events.lastIndexOf(i);
      Call call = call(state, Json.of(i));
      boolean lost = i > 0 && random.nextInt(5) == 0; // Something is always told.
      state = after(state, call);
      if (!lost) {
        operations.add(
            new Operation(from, to, random.nextInt(12) == 0 ? spoilt(call, count) : call));
      } else if (!call.f().equals("read")) {
        operations.add(new Operation(from, Operation.NEVER, call.unanswered()));
      }
    }
    operations.sort(Comparator.comparingInt(Operation::invocation));
    return operations;
  }

  private Call call(Json state, Json written) {
    Json other = Json.of(random.nextInt(6));
    return switch (random.nextInt(refusals ? 4 : 3)) {
      case 0 -> new Call("read", Json.NULL, state, Call.Answer.OK);
      case 1 -> new Call("write", written, written, Call.Answer.OK);
      case 2 ->
          new Call("cas", Json.array(state, written), Json.array(state, written), Call.Answer.OK);
      default ->
          other.equals(state)
              ? new Call("read", Json.NULL, state, Call.Answer.OK)
              : new Call("cas", Json.array(other, written), Json.NULL, Call.Answer.REFUSED);
    };
  }

  private static Json after(Json state, Call call) {
    if (call.answer() == Call.Answer.REFUSED) {
      return state;
    }
    return switch (call.argument()) {
      case Json.Array(List<Json> pair) -> pair.get(1);
      case Json.Int written -> written;
      default -> state;
    };
  }

  private Call spoilt(Call call, int count) {
    Json value = Json.of(random.nextInt(count));
    return call.f().equals("read")
        ? new Call("read", Json.NULL, value, Call.Answer.OK)
        : new Call(
            "cas",
            Json.array(
                value,
                call.argument() instanceof Json.Array(List<Json> pair)
                    ? pair.get(1)
                    : call.argument()),
            Json.NULL,
            call.answer());
  }
}
