package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A set, at first empty: {@code add x}, {@code remove x}, {@code contains x}, which answers with
 * {@code true} or {@code false}, and {@code read}, which answers with all elements in any order.
 *
 * <p>An {@code add} or {@code remove} that answers with a boolean tells whether the set changed.
 */
record SetOfValues() implements Model<Set<Json>>, Specialised {

  static final String ADD = "add";
  private static final String REMOVE = "remove";
  static final String CONTAINS = "contains";
  static final String READ = "read";

  @Override
  public String name() {
    return "set";
  }

  @Override
  public Set<Json> initial() {
    return Set.of();
  }

  @Override
  public @Nullable Set<Json> step(Set<Json> state, Call call) {
    Json element = call.argument();
    boolean present = state.contains(element);
    return switch (call.f()) {
      case READ -> isRead(state, call.result()) ? state : null;
      case CONTAINS -> tells(call, present) ? state : null;
      case ADD -> tells(call, !present) ? changed(state, element, true) : null;
      default -> tells(call, present) ? changed(state, element, false) : null;
    };
  }

  @Override
  public Specialist specialist() {
    return new SetOrder();
  }

  @Override
  public Predicate<Call> inPlace() {
    Set<Json> elements = new HashSet<>();
    return call -> {
      Json element = call.argument();
      boolean present = elements.contains(element);
      boolean possible =
          switch (call.f()) {
            case READ -> isRead(elements, call.result());
            case CONTAINS -> tells(call, present);
            case ADD -> tells(call, !present);
            default -> tells(call, present);
          };
      if (call.answer() != Call.Answer.REFUSED && !isReadOnly(call)) {
        boolean _ = call.f().equals(ADD) ? elements.add(element) : elements.remove(element);
      }
      return possible;
    };
  }

  @Override
  public Optional<Anomaly> explain(Violation violation) {
    return new SetAnomalies(violation).find();
  }

  @Override
  public boolean isReadOnly(Call call) {
    return call.f().equals(READ) || call.f().equals(CONTAINS);
  }

  @Override
  public boolean isBlind(Call call) {
    return !isReadOnly(call)
        && !(call.answer() == Call.Answer.OK && call.result() instanceof Json.Bool);
  }

  @Override
  public @Nullable Object part(Call call) {
    return call.f().equals(READ) ? null : call.argument();
  }

  @Override
  public @Nullable String problem(Call call) {
    return switch (call.f()) {
      case ADD, REMOVE, CONTAINS -> null;
      case READ ->
          call.answer() != Call.Answer.OK || call.result() instanceof Json.Array
              ? null
              : "a read of a set must answer with an array, not "
                  + JsonWriter.toString(call.result());
      default -> call.unknownTo(name());
    };
  }

  private static boolean isRead(Set<Json> state, Json result) {
    return result instanceof Json.Array(List<Json> elements)
        && elements.size() == state.size()
        && state.containsAll(elements)
        && new HashSet<>(elements).size() == elements.size();
  }

  private static boolean tells(Call call, boolean truth) {
    return call.answer() != Call.Answer.OK
        || !(call.result() instanceof Json.Bool(boolean told))
        || told == truth;
  }

  private static Set<Json> changed(Set<Json> state, Json element, boolean present) {
    if (state.contains(element) == present) {
      return state;
    }
    Set<Json> changed = new HashSet<>(state);
    boolean _ = present ? changed.add(element) : changed.remove(element);
    return Set.copyOf(changed);
  }
}
