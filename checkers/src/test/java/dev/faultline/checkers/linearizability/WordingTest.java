package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Script;
import dev.faultline.checkers.history.Event;
import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.HistoryBuilder;
import dev.faultline.checkers.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How operations are named, and when they happened. */
class WordingTest {

  @Test
  void operationsOfARegisterAreNamedByWhatTheyDid() {
    Script script = new Script().did(0, "write", "1").did(1, "cas", "[1,2]").did(2, "read", "2");
    script.invoke(3, "cas", "[3,4]").fail(3, "compare-failed").invoke(4, "read", "null").ok(4);
    assertThat(done("cas-register", script))
        .containsExactly(
            "process 0 wrote 1 at 0.001 s",
            "process 1 changed 1 to 2 at 0.003 s",
            "process 2 read 2 at 0.005 s",
            "process 3 was told that the value is not 3 at 0.007 s",
            "process 4 read null at 0.009 s");
    assertThat(nouns("cas-register", script))
        .containsExactly("write 1", "compare-and-set 1 to 2", "read", "cas", "read");
  }

  @Test
  void operationsOfOtherObjectsAreNamedByTheirCalls() {
    Script script = new Script().did(0, "add", "1").invoke(1, "add-and-get", "2").ok(1, "3");
    script.invoke(2, "read", "null").ok(2, "3").invoke(3, "add", "4").info(3);
    assertThat(done("counter", script))
        .containsExactly(
            "process 0 did add 1 at 0.001 s",
            "process 1 did add-and-get 2 -> 3 at 0.003 s",
            "process 2 did read -> 3 at 0.005 s",
            "process 3 did add 4 at 0.007 s");
    assertThat(nouns("counter", script)).containsExactly("add", "add-and-get", "read", "add");
    assertThat(done("mutex", new Script().did(5, "acquire", "null")))
        .containsExactly("process 5 did acquire at 0.001 s");
  }

  @Test
  void longValuesAreCutShort() {
    String hundredAndEighteen = "x".repeat(118);
    assertThat(Wording.text(Json.of(hundredAndEighteen)))
        .isEqualTo("\"" + hundredAndEighteen + "\"");
    assertThat(Wording.text(Json.of(hundredAndEighteen + "y")))
        .isEqualTo("\"" + hundredAndEighteen + "y… (121 characters)");
  }

  @Test
  void spansGoFromACompletionToAnInvocation() {
    Script script = new Script().did(0, "write", "1").at(20).did(1, "read", "1");
    History history = script.history();
    List<Operation> operations = OneKey.operations(script);
    Wording wording = new Wording(history, OneKey.model("register"));
    assertThat(wording.between(operations.get(0), operations.get(1))).isEqualTo("18 ms");
    assertThat(wording.invokedAt(operations.get(1))).isEqualTo("0.020 s");
    assertThat(wording.completedAt(operations.get(1))).isEqualTo("0.021 s");
  }

  @Test
  void whereThereAreNoTimesPlacesHaveToDo() {
    HistoryBuilder builder = new HistoryBuilder();
    for (int process = 0; process < 3; process++) {
      for (EventType type : List.of(EventType.INVOKE, EventType.OK)) {
        builder.append(new Event(0, process, type, "write", "k", Json.of(1), null, null, null));
      }
    }
    History history = builder.build();
    Model<?> model = OneKey.model("register");
    List<Operation> operations =
        KeyHistory.of(history, model, KeyIndex.of(history).invocations(0)).operations();
    Wording wording = new Wording(history, model);
    assertThat(wording.didAt(operations.get(1))).isEqualTo("process 1 wrote 1 at #2");
    assertThat(wording.between(operations.get(0), operations.get(1))).isEqualTo("1 event");
    assertThat(wording.between(operations.get(0), operations.get(2))).isEqualTo("3 events");
  }

  @Test
  void failuresAreNamedByTheirCodes() {
    Script script = new Script().invoke(0, "write", "1").fail(0, "unavailable");
    script.did(1, "write", "2");
    History history = script.history();
    Model<?> model = OneKey.model("register");
    KeyHistory key = KeyHistory.of(history, model, KeyIndex.of(history).invocations(0));
    Wording wording = new Wording(history, model);
    assertThat(wording.errorCode(key.failed().getFirst())).isEqualTo("unavailable");
    assertThat(wording.errorCode(key.operations().getFirst())).isEqualTo("no error code");
  }

  private static List<String> done(String model, Script script) {
    Wording wording = new Wording(script.history(), OneKey.model(model));
    return OneKey.operations(model, script).stream().map(wording::didAt).toList();
  }

  private static List<String> nouns(String model, Script script) {
    Wording wording = new Wording(script.history(), OneKey.model(model));
    return OneKey.operations(model, script).stream().map(wording::noun).toList();
  }
}
