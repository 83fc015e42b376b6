package dev.faultline.checkers.edn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonReader;
import dev.faultline.checkers.json.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdnReaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          nil                               | null
          true                              | true
          -12                               | -12
          3N                                | 3
          18446744073709551614N             | 18446744073709551614
          0.1000000000000000000001M         | 0.1000000000000000000001
          1.5                               | 1.5
          :timed-out                        | "timed-out"
          :jepsen.os/debian                 | "jepsen.os/debian"
          sym                               | "sym"
          \\a                                | "a"
          "a\\n\\"\\u00e9"                   | "a\\n\\"é"
          [1, 2 [nil]]                      | [1,2,[null]]
          (1 2)                             | [1,2]
          #{1}                              | [1]
          {:f :read, "k" 1, 3 4}            | {"f":"read","k":1,"3":4}
          #jepsen.history.Op{:index 0}      | {"index":0}
          ; a comment                       |
          [1 #_2 3 #_ #x [4]]               | [1,3]
          #_#_1 2 3                         | 3
          {:a #_1 2 #_:b}                   | {"a":2}
          #_{:f :write}                     |
          [##NaN ##Inf ##-Inf 1]            | ["##NaN","##Inf","##-Inf",1]
          """)
  void readsWhatHistoriesHold(String edn, @Nullable String json) throws IOException {
    Json value = new EdnReader(new StringReader(edn)).next();
    assertThat(value == null ? null : JsonWriter.toString(value)).isEqualTo(json);
  }

  @Test
  void keepsKeysApartThatOnlyTheirMarksTellApart() throws IOException {
    EdnReader reader =
        new EdnReader(
            new StringReader(
                """
                [[:r :1 nil] [:r "1" nil] [:r 1 nil] [:r a1 nil] [:r "a1" nil] [:r \\1 nil]]
                [[:append "1" 7] [:append :1 "1"] [:append :x :1] [:r ":x" [:1 "1" :1]] [:r x nil]]
                [[:w :x 1] [:w ":x" 1] [:w x 1] [:w "x" 1]]
                """));
    assertThat(reader.next())
        .isEqualTo(
            JsonReader.parse(
                """
                [["r","1",null],["r","\\"1\\"",null],["r",1,null],["r","a1",null],\
                ["r","\\"a1\\"",null],["r","\\\\1",null]]\
                """));
    assertThat(reader.next())
        .isEqualTo(
            JsonReader.parse(
                """
                [["append","\\"1\\"",7],["append","1","1"],["append","x","1"],\
                ["r",":x",["1","1","1"]],["r","'x",null]]\
                """));
    assertThat(reader.next())
        .isEqualTo(
            JsonReader.parse(
                """
                [["w","x",1],["w",":x",1],["w","'x",1],["w","\\"x\\"",1]]\
                """));
  }

  @Test
  void goesIntoTheOutermostSequence() throws IOException {
    EdnReader reader = new EdnReader(new StringReader("; one\n( {:a 1}\n  2 )"));
    assertThat(reader.enterSequence()).isTrue();
    assertThat(reader.next()).isEqualTo(JsonReader.parse("{\"a\":1}"));
    assertThat(reader.next()).isEqualTo(Json.of(2));
    assertThat(reader.valueLine()).isEqualTo(3);
    assertThat(reader.valueColumn()).isEqualTo(3);
    assertThat(reader.next()).isNull();
    assertThat(new EdnReader(new StringReader("{:a 1}")).enterSequence()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          [1 2        | 1:5: the file ends within a list; expected a closing ]
          {:a         | 1:4: the file ends where a value should be; expected a value
          {:a}        | 1:4: a map's last key has no value; expected as many values as keys
          "abc        | 1:5: the file ends within a string; expected a closing "
          ]           | 1:1: ']' closes nothing; expected a value
          #_          | 1:3: the file ends where a value should be; expected a value
          ##Nan       | 1:6: '##Nan' is not a number; expected ##NaN, ##Inf or ##-Inf
          12x         | 1:4: '12x' is not a number; expected an integer or a decimal number
          "\\q"        | 1:4: an unknown escape in a string; expected \\n, \\t, \\r, \\", \\\\ or \\u
          """)
  void saysWhereItIsMalformed(String edn, String message) {
    assertThatThrownBy(() -> new EdnReader(new StringReader(edn)).next())
        .isInstanceOf(EdnSyntaxException.class)
        .hasMessage(message);
  }

  @Test
  void readsBackWhatTheWriterWrites() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      Json value = value(random, 3);
      StringBuilder out = new StringBuilder();
      EdnWriter.append(out, value);
      assertThat(new EdnReader(new StringReader(out.toString())).next()).isEqualTo(value);
    }
  }

  private static Json value(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 5 : 7)) {
      case 0 -> Json.NULL;
      case 1 -> Json.of(random.nextLong());
      case 2 -> Json.of(random.nextBoolean());
      case 3 -> Json.of("a \"b\\ " + (char) random.nextInt(0x20, 0x2000));
      case 4 ->
          random.nextBoolean()
              ? new Json.Real(random.nextDouble())
              : Json.decimal("1234567890123456789" + random.nextInt(10_000));
      case 5 -> Json.array(value(random, depth - 1), value(random, depth - 1));
      default -> new Json.Obj(java.util.Map.of("k-1", value(random, depth - 1), "a b", Json.of(1)));
    };
  }
}
