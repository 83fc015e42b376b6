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

  static Model<?> model(String name) {
    return Models.named(name).orElseThrow();
  }
}
