package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.OperationError;
import dev.faultline.checkers.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A history split by key.
 *
 * @param keys one entry for each key, in order of first appearance
 * @param clientOperations how many operations clients invoked, of whatever outcome
 * @param problem why the history cannot be held against the model, or null if it can
 */
record KeyHistories(List<KeyHistory> keys, int clientOperations, @Nullable String problem) {

  static KeyHistories of(History history, Model<?> model) {
    Map<@Nullable String, KeyHistory> byKey = new HashMap<>();
    List<KeyHistory> keys = new ArrayList<>();
    int clientOperations = 0;
    for (int i = 0; i < history.size(); i++) {
      if (history.type(i) != EventType.INVOKE) {
        continue;
      }
      clientOperations++;
      Operation operation = operation(history, i);
      String problem = model.problem(operation.call());
      if (problem != null) {
        return new KeyHistories(keys, clientOperations, problem + " (event " + i + ")");
      }
      String key = history.key(i);
      KeyHistory keyHistory = byKey.get(key);
      if (keyHistory == null) {
        keyHistory = new KeyHistory(key);
        byKey.put(key, keyHistory);
        keys.add(keyHistory);
      }
      if (isDefiniteFailure(history, i)) {
        keyHistory.failed().add(operation);
      } else if (!(operation.isOpenEnded() && model.isReadOnly(operation.call()))) {
        keyHistory.operations().add(operation);
      }
      if (operation.call().answer() == Call.Answer.REFUSED) {
        // Should what it would have written be seen all the same, this is where it came from.
        keyHistory
            .failed()
            .add(new Operation(i, operation.completion(), operation.call().unanswered()));
      }
    }
    return new KeyHistories(keys, clientOperations, null);
  }

  private static Operation operation(History history, int invocation) {
    String f = history.f(invocation);
    Json argument = history.value(invocation);
    int completion = history.counterpart(invocation);
    EventType type = completion < 0 ? EventType.INFO : history.type(completion);
    return switch (type) {
      case OK ->
          new Operation(
              invocation,
              completion,
              new Call(f, argument, history.value(completion), Call.Answer.OK));
      case FAIL ->
          new Operation(
              invocation,
              completion,
              new Call(
                  f,
                  argument,
                  Json.NULL,
                  isRefusal(history, completion) ? Call.Answer.REFUSED : Call.Answer.UNKNOWN));
      case INFO, INVOKE ->
          new Operation(
              invocation, Operation.NEVER, new Call(f, argument, Json.NULL, Call.Answer.UNKNOWN));
    };
  }

  private static boolean isDefiniteFailure(History history, int invocation) {
    int completion = history.counterpart(invocation);
    return completion >= 0
        && history.type(completion) == EventType.FAIL
        && !isRefusal(history, completion);
  }

  private static boolean isRefusal(History history, int completion) {
    OperationError error = history.error(completion);
    return error != null && error.code().equals(OperationError.COMPARE_FAILED);
  }
}
