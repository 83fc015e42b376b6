package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * Makes long histories of single objects that are linearizable by construction: each operation
 * takes effect at a random moment of its interval. Every value is put, added or written once.
 */
final class LongHistories {

  private final Model<?> model;
  private final Random random;
  private int values;

  private static final class Pending {
    final int invocation;
    Call call;
    boolean applied;

    Pending(int invocation, Call call) {
      this.invocation = invocation;
      this.call = call;
    }
  }

  private LongHistories(Model<?> model, Random random) {
    this.model = model;
    this.random = random;
  }

  /** Returns the operations of one history, by invocation. */
  static List<Operation> of(Model<?> model, int count, int processes, Random random) {
    return new LongHistories(model, random).next(model, count, processes);
  }

  private <S> List<Operation> next(Model<S> same, int count, int processes) {
    List<Operation> operations = new ArrayList<>();
    List<Pending> pending = new ArrayList<>();
    S state = same.initial();
    int event = 0;
    while (operations.size() < count) {
      if (pending.size() < processes && random.nextBoolean()) {
        pending.add(new Pending(event++, asked(pending, processes)));
        continue;
      }
      if (pending.isEmpty()) {
        continue;
      }
      Pending chosen = pending.get(random.nextInt(pending.size()));
      if (!chosen.applied) {
        chosen.call = answered(chosen.call, state);
        S next = same.step(state, chosen.call);
        if (next != null) {
          state = next;
          chosen.applied = true;
        }
      } else {
        pending.remove(chosen);
        // Now and then an answer is lost.
        boolean lost = random.nextInt(100) == 0 && !same.isReadOnly(chosen.call);
        operations.add(
            lost
                ? new Operation(chosen.invocation, Operation.NEVER, chosen.call.unanswered())
                : new Operation(chosen.invocation, event++, chosen.call));
      }
    }
    for (Pending left : pending) {
      if (!same.isReadOnly(left.call)) {
        operations.add(new Operation(left.invocation, Operation.NEVER, left.call.unanswered()));
      }
    }
    operations.sort(Comparator.comparingInt(Operation::invocation));
    return operations;
  }

  private Call asked(List<Pending> pending, int processes) {
    boolean changes = random.nextInt(2) == 0;
    return switch (model.name()) {
      case "queue" -> changes ? call("enqueue", values++) : call("dequeue");
      case "stack" -> changes ? call("push", values++) : call("pop");
      case "set" ->
          switch (random.nextInt(20)) {
            case 0 -> call("read");
            case 1, 2, 3 -> call("contains", random.nextInt(values + 1));
            default -> call("add", values++);
          };
      case "mutex" -> {
        long acquisitions = pending.stream().filter(p -> p.call.f().equals("acquire")).count();
        yield call(acquisitions < processes / 2 ? "acquire" : "release");
      }
      default -> changes ? call("write", values++) : call("read");
    };
  }

  /** Returns {@code asked} with the answer that it gets in {@code state}. */
  private static Call answered(Call asked, Object state) {
    Json result =
        switch (asked.f()) {
          case "dequeue" -> end((List<?>) state, true);
          case "pop" -> end((List<?>) state, false);
          case "contains" -> Json.of(((Collection<?>) state).contains(asked.argument()));
          case "read" ->
              state instanceof Collection<?> elements
                  ? new Json.Array(elements.stream().map(Json.class::cast).toList())
                  : (Json) state;
          default -> Json.NULL;
        };
    return new Call(asked.f(), asked.argument(), result, Call.Answer.OK);
  }

  private static Json end(List<?> row, boolean first) {
    return row.isEmpty()
        ? Json.NULL
        : (Json) Objects.requireNonNull(first ? row.getFirst() : row.getLast());
  }

  private static Call call(String f) {
    return new Call(f, Json.NULL, Json.NULL, Call.Answer.OK);
  }

  private static Call call(String f, int argument) {
    return new Call(f, Json.of(argument), Json.NULL, Call.Answer.OK);
  }
}
