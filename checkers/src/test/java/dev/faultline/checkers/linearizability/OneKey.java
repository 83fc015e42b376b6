package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.Script;
import dev.faultline.checkers.history.History;
import java.util.List;

/** The operations of the first key of a history written by hand, as the algorithms see them. */
final class OneKey {

  private OneKey() {}

  static List<Operation> operations(Script script) {
    return operations("cas-register", script);
  }

  static List<Operation> operations(String model, Script script) {
    History history = script.history();
    int[] invocations = KeyIndex.of(history).invocations(0);
    return KeyHistory.of(history, model(model), invocations).operations();
  }

  static Operations encoded(Script script) {
    return encoded("cas-register", script);
  }

  static Operations encoded(String model, Script script) {
    return Operations.of(model(model), operations(model, script));
  }

  /**
   * Returns what the object's own algorithm concludes: {@code ordered}, {@code undecided}, or the
   * invocations of the operations that contradict each other.
   */
  static String conclusion(Model<?> model, Script script) {
    History history = script.history();
    int[] invocations = KeyIndex.of(history).invocations(0);
    return conclusion(model, KeyHistory.of(history, model, invocations).operations());
  }

  /** Returns the same of {@code operations}, by invocation. */
  static String conclusion(Model<?> model, List<Operation> operations) {
    Operations encoded = Operations.of(model, operations);
    return switch (encoded.space().specialist().decide(encoded)) {
      case Specialist.Ordered _ -> "ordered";
      case Specialist.Undecided _ -> "undecided";
      case Specialist.Contradiction(List<Integer> witness) ->
          witness.stream().map(i -> operations.get(i).invocation()).sorted().toList().toString();
    };
  }

  static Model<?> model(String name) {
    return Models.named(name).orElseThrow();
  }
}
