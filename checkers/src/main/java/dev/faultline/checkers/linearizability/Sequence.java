package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Values in a row, at first none: a FIFO queue ({@code enqueue x}, {@code dequeue}) or a stack
 * ({@code push x}, {@code pop}). What is taken from nothing is null.
 *
 * @param name the model's name
 * @param put the function that adds a value at the end
 * @param take the function that takes one away and answers with it
 * @param fromTheFront whether it is taken from the front, otherwise from the end
 */
record Sequence(String name, String put, String take, boolean fromTheFront)
    implements Model<List<Json>>, Specialised {

  static final Sequence QUEUE = new Sequence("queue", "enqueue", "dequeue", true);
  static final Sequence STACK = new Sequence("stack", "push", "pop", false);

  @Override
  public List<Json> initial() {
    return List.of();
  }

  @Override
  public @Nullable List<Json> step(List<Json> state, Call call) {
    boolean told = call.answer() == Call.Answer.OK;
    if (call.f().equals(put)) {
      List<Json> longer = new ArrayList<>(state);
      longer.add(call.argument());
      return List.copyOf(longer);
    }
    if (state.isEmpty()) {
      return !told || call.result() instanceof Json.Null ? state : null;
    }
    Json taken = fromTheFront ? state.getFirst() : state.getLast();
    if (told && !taken.equals(call.result())) {
      return null;
    }
    return fromTheFront ? state.subList(1, state.size()) : state.subList(0, state.size() - 1);
  }

  @Override
  public Specialist specialist() {
    return fromTheFront ? new FifoOrder(this) : new LifoOrder(this);
  }

  @Override
  public Predicate<Call> inPlace() {
    Deque<Json> row = new ArrayDeque<>();
    return call -> {
      boolean changes = call.answer() != Call.Answer.REFUSED;
      if (call.f().equals(put)) {
        if (changes) {
          row.addLast(call.argument());
        }
        return true;
      }
      boolean told = call.answer() == Call.Answer.OK;
      if (row.isEmpty()) {
        return !told || call.result() instanceof Json.Null;
      }
      Json taken = fromTheFront ? row.getFirst() : row.getLast();
      if (changes) {
        Json _ = fromTheFront ? row.removeFirst() : row.removeLast();
      }
      return !told || taken.equals(call.result());
    };
  }

  @Override
  public Optional<Anomaly> explain(Violation violation) {
    return new SequenceAnomalies(this, violation).find();
  }

  @Override
  public boolean isReadOnly(Call call) {
    return false;
  }

  @Override
  public boolean isBlind(Call call) {
    return call.f().equals(put) || call.answer() == Call.Answer.UNKNOWN;
  }

  @Override
  public @Nullable String problem(Call call) {
    return call.f().equals(put) || call.f().equals(take) ? null : call.unknownTo(name);
  }
}
