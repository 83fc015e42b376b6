package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Makes small random histories of a queue or a stack into which values are mostly put once: each
 * operation takes effect at a random moment of its interval, and then, with some probability, a
 * take answers with another value.
 */
final class RowHistories {

  private final Sequence model;
  private final Random random;
  private final List<Operation> operations = new ArrayList<>();
  private final List<Pending> pending = new ArrayList<>();
  private final List<Json> put = new ArrayList<>();
  private List<Json> state = List.of();
  private int event;

  private static final class Pending {
    final int invocation;
    final Call asked;
    Call answered;
    boolean applied;

    Pending(int invocation, Call asked) {
      this.invocation = invocation;
      this.asked = asked;
      answered = asked;
    }
  }

  RowHistories(Sequence model, Random random) {
    this.model = model;
    this.random = random;
  }

  /**
   * Returns the operations of a history, by invocation.
   *
   * @param lies how likely an answer is replaced
   * @param infos how likely an answer is lost
   * @param twice how likely a value is put that was put before
   */
  static List<Operation> next(
      Sequence model,
      Random random,
      int count,
      int processes,
      double lies,
      double infos,
      double twice) {
    return new RowHistories(model, random).history(count, processes, lies, infos, twice);
  }

  private List<Operation> history(
      int count, int processes, double lies, double infos, double twice) {
    int invoked = 0;
    double puts = 0.35 + 0.3 * random.nextDouble();
    while (invoked < count || !pending.isEmpty()) {
      if (invoked < count
          && (pending.isEmpty() || (pending.size() < processes && random.nextInt(3) > 0))) {
        pending.add(new Pending(event++, random.nextDouble() < puts ? put(twice) : take()));
        invoked++;
        continue;
      }
      Pending chosen = pending.get(random.nextInt(pending.size()));
      if (!chosen.applied && random.nextInt(4) > 0) {
        chosen.applied = true;
        apply(chosen);
      } else {
        pending.remove(chosen);
        complete(chosen, lies, infos);
      }
    }
    operations.sort(Comparator.comparingInt(Operation::invocation));
    return List.copyOf(operations);
  }

  private Call put(double twice) {
    Json value =
        !put.isEmpty() && random.nextDouble() < twice
            ? put.get(random.nextInt(put.size()))
            : Json.of(put.size());
    put.add(value);
    return new Call(model.put(), value, Json.NULL, Call.Answer.UNKNOWN);
  }

  private Call take() {
    return new Call(model.take(), Json.NULL, Json.NULL, Call.Answer.UNKNOWN);
  }

  private void apply(Pending chosen) {
    boolean takes = chosen.asked.f().equals(model.take());
    Json answer =
        !takes || state.isEmpty()
            ? Json.NULL
            : model.fromTheFront() ? state.getFirst() : state.getLast();
    chosen.answered = new Call(chosen.asked.f(), chosen.asked.argument(), answer, Call.Answer.OK);
    List<Json> next = model.step(state, chosen.answered);
    state = next == null ? state : next;
  }

  private void complete(Pending chosen, double lies, double infos) {
    if (!chosen.applied || random.nextDouble() < infos) {
      operations.add(new Operation(chosen.invocation, Operation.NEVER, chosen.asked));
      return;
    }
    Call told = chosen.answered;
    if (told.f().equals(model.take()) && random.nextDouble() < lies) {
      Json other = put.isEmpty() ? Json.NULL : put.get(random.nextInt(put.size()));
      told =
          new Call(
              told.f(), told.argument(), random.nextInt(4) == 0 ? Json.NULL : other, told.answer());
    }
    operations.add(new Operation(chosen.invocation, event++, told));
  }
}
