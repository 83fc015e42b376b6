package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Script;
import org.junit.jupiter.api.Test;

/** How a model is chosen: by its name, or by what the history looks like. */
class ModelChoiceTest {

  @Test
  void everyNameIsThatOfItsModel() {
    assertThat(Models.names())
        .hasSize(12)
        .allSatisfy(name -> {
          assertThat(OneKey.model(name).name()).isEqualTo(name);
          assertThat(Models.descriptions().get(name)).isNotBlank();
        });
    assertThat(Models.named("registre")).isEmpty();
  }

  @Test
  void anInitialValueIsForRegistersAndMustBeJson() {
    assertThat(Models.named("multi-register=0")).isPresent();
    assertThat(Models.named("queue=0")).isEmpty();
    assertThat(Models.named("register=[")).isEmpty();
  }

  @Test
  void theFunctionsOfAHistoryTell() {
    assertThat(suggested(new Script().did(0, "write", "1"))).isEqualTo("cas-register");
    assertThat(suggested(new Script().did(0, "cas", "[1,2]"))).isEqualTo("cas-register");
    assertThat(suggested(new Script().did(0, "append", "\"a\""))).isEqualTo("append-kv");
    assertThat(suggested(new Script().did(0, "acquire", "null"))).isEqualTo("mutex");
    assertThat(suggested(new Script().invoke(0, "acquire", "null").ok(0, "7")))
        .isEqualTo("fenced-lock");
    assertThat(suggested(new Script().did(0, "dequeue", "null"))).isEqualTo("queue");
    assertThat(suggested(new Script().did(0, "push", "1"))).isEqualTo("stack");
    assertThat(suggested(new Script().did(0, "add", "1").did(0, "remove", "1"))).isEqualTo("set");
    assertThat(suggested(new Script().did(0, "add", "1").did(0, "add-and-get", "1")))
        .isEqualTo("counter");
    assertThat(suggested(new Script().did(0, "txn", "[]"))).isEqualTo("multi-register");
  }

  @Test
  void whatIsAddedToAndReadAsAListIsASet() {
    assertThat(suggested(new Script().did(0, "add", "1").did(0, "read", "[1]"))).isEqualTo("set");
    assertThat(suggested(new Script().did(0, "add", "1").did(0, "read", "1"))).isEqualTo("counter");
    assertThat(suggested(new Script().did(0, "read", "[1]"))).isEqualTo("cas-register");
  }

  private static String suggested(Script script) {
    return Models.suggestedFor(script.history());
  }
}
