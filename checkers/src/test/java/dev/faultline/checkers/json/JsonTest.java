package dev.faultline.checkers.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void readsEveryKind() {
    assertThat(JsonReader.parse(" { \"a\" : [ 1 , -2.5e1 , true , false , null , \"x\" ] } "))
        .isEqualTo(
            new Json.Obj(
                Map.of(
                    "a",
                    Json.array(
                        Json.of(1),
                        new Json.Real(-25),
                        Json.of(true),
                        Json.of(false),
                        Json.NULL,
                        Json.of("x")))));
  }

  @Test
  void keepsEveryDigitOfALong() {
    for (long number :
        new long[] {0, -1, Long.MAX_VALUE, Long.MIN_VALUE, 999_999_999_999_999_999L}) {
      assertThat(JsonReader.parse(Long.toString(number))).isEqualTo(Json.of(number));
    }
    Json beyond = JsonReader.parse("9223372036854775808");
    assertThat(beyond).isNotEqualTo(JsonReader.parse("9223372036854775809"));
    assertThat(JsonWriter.toString(beyond)).isEqualTo("9223372036854775808");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "18446744073709551614",
        "18446744073709551610",
        "-18446744073709551616",
        "0.1000000000000000000001",
        "1.23456789012345678901E-400"
      })
  void keepsEveryDigitThatADoubleWouldLose(String digits) {
    Json number = JsonReader.parse(digits);
    assertThat(number).isInstanceOf(Json.Decimal.class);
    assertThat(JsonWriter.toString(number)).isEqualTo(digits);
    assertThat(JsonReader.parse(JsonWriter.toString(number))).isEqualTo(number);
  }

  @Test
  void equalNumbersAreEqualHoweverTheyAreWritten() {
    assertThat(JsonReader.parse("0.10")).isEqualTo(new Json.Real(0.1));
    assertThat(JsonReader.parse("1e0")).isEqualTo(new Json.Real(1));
    assertThat(JsonReader.parse("1844674407370955161.40e1"))
        .isEqualTo(JsonReader.parse("18446744073709551614"));
    assertThat(JsonReader.parse("1.0")).isNotEqualTo(Json.of(1));
  }

  @Test
  void readsEscapesAndCharactersBeyondAscii() {
    assertThat(JsonReader.parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9é€\\ud83d\\ude00😀\""))
        .isEqualTo(Json.of("\"\\/\b\f\n\r\téé€😀😀"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1,2 | 1 | 5 | expected ',' or ']', found the end",
        "{\"a\":1,} | 1 | 8 | expected a member name in quotes, found '}'",
        "[1,,2] | 1 | 4 | expected a value, found ','",
        "[01] | 1 | 2 | a number must not begin with a zero",
        "[1.] | 1 | 4 | expected a digit after the point, found ']'",
        "[tru] | 1 | 2 | expected a value, found 't'",
        "{\"é\" 1} | 1 | 6 | expected ':', found '1'",
        "{\"a\":1,\"a\":2} | 1 | 8 | member \"a\" is given twice",
        "[\"\\x\"] | 1 | 3 | unknown escape \\x",
        "[1e999] | 1 | 2 | the number is too large",
        "1 2 | 1 | 3 | expected nothing more, found '2'",
        "[€] | 1 | 2 | expected a value, found '€'",
        "NaN | 1 | 1 | expected a value, found 'N'",
      })
  void saysWhereAndWhatIsWrong(String text, int line, int column, String problem) {
    assertThatThrownBy(() -> JsonReader.parse(text))
        .isInstanceOfSatisfying(
            JsonSyntaxException.class,
            e -> {
              assertThat(e.problem()).isEqualTo(problem);
              assertThat(e.line()).isEqualTo(line);
              assertThat(e.column()).isEqualTo(column);
            });
  }

  @Test
  void countsLines() {
    assertThatThrownBy(() -> JsonReader.parse("[1,\n x]"))
        .hasMessage("line 2, column 2: expected a value, found 'x'");
  }

  @Test
  void refusesRawControlCharactersAndBrokenUtf8() {
    assertThatThrownBy(() -> JsonReader.parse("\"a\nb\"")).hasMessageContaining("U+000A");
    byte[] broken = {'"', (byte) 0xc3, '"'};
    assertThatThrownBy(() -> JsonReader.parse(broken, 0, broken.length))
        .hasMessageContaining("not valid UTF-8");
  }

  @Test
  void garbageCannotExhaustTheStack() {
    assertThatThrownBy(() -> JsonReader.parse("[".repeat(1_000_000)))
        .hasMessageContaining("nested deeper than 256");
    assertThat(JsonReader.parse("[".repeat(256) + "]".repeat(256))).isInstanceOf(Json.Array.class);
  }

  @Test
  void readsBackWhatItWrote() {
    Random random = new Random(1);
    for (int i = 0; i < 5_000; i++) {
      Json json = randomJson(random, 4);
      assertThat(JsonReader.parse(JsonWriter.toString(json))).isEqualTo(json);
    }
  }

  @Test
  void anyPrefixOrMutationIsReadOrRefusedButNeverBreaksTheReader() {
    Random random = new Random(2);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = JsonWriter.toString(randomJson(random, 3)).getBytes(UTF_8);
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      try {
        Json read = JsonReader.parse(bytes, 0, random.nextInt(bytes.length + 1));
        assertThat(JsonReader.parse(JsonWriter.toString(read))).isEqualTo(read);
      } catch (JsonSyntaxException refused) {
        assertThat(refused.column()).isPositive();
      }
    }
  }

  private static Json randomJson(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 5 : 7)) {
      case 0 -> Json.NULL;
      case 1 -> Json.of(random.nextBoolean());
      case 2 -> Json.of(random.nextLong() >> random.nextInt(64));
      case 3 -> new Json.Real(random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
      case 4 -> Json.of(randomText(random));
      case 5 -> {
        List<Json> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          values.add(randomJson(random, depth - 1));
        }
        yield new Json.Array(values);
      }
      default -> {
        Map<String, Json> members = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          members.put(randomText(random), randomJson(random, depth - 1));
        }
        yield new Json.Obj(members);
      }
    };
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.appendCodePoint(
          switch (random.nextInt(4)) {
            case 0 -> random.nextInt(0x20);
            case 1 -> 0x1f600 + random.nextInt(50);
            case 2 -> 0xd800 + random.nextInt(0x800);
            default -> 0x20 + random.nextInt(0x100);
          });
    }
    return text.toString();
  }
}
