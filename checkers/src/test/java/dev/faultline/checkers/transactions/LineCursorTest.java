package dev.faultline.checkers.transactions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cursor takes, where it stands then, and what it leaves to be read by the book. */
class LineCursorTest {

  /** What stands around the line in the buffer; none of it may be looked at. */
  private static final String BEFORE = "9\"";

  private static final String AFTER = "0\",]}";

  @Test
  void takesACharacterIfItComesNext() {
    LineCursor cursor = at("{,");
    assertThat(cursor.take(',')).isFalse();
    assertThat(taken(cursor)).isZero();
    assertThat(cursor.take('{')).isTrue();
    assertThat(cursor.take(',')).isTrue();
    assertThat(cursor.isAtEnd()).isTrue();
    assertThat(cursor.take('0')).as("what is behind the line").isFalse();
  }

  @Test
  void takesATextIfItComesNextAndEndsWithinTheLine() {
    LineCursor cursor = at("null");
    assertThat(cursor.take("none")).isFalse();
    assertThat(cursor.take("none".getBytes(UTF_8))).isFalse();
    assertThat(cursor.take("null0")).as("the line ends before").isFalse();
    assertThat(cursor.take("null0".getBytes(UTF_8))).as("the line ends before").isFalse();
    assertThat(taken(cursor)).isZero();
    assertThat(cursor.take("nu")).isTrue();
    assertThat(cursor.take("ll".getBytes(UTF_8))).isTrue();
    assertThat(cursor.isAtEnd()).isTrue();
    cursor.moveTo(BEFORE.length() + 1);
    assertThat(cursor.isAtEnd()).isFalse();
    assertThat(cursor.take("ull")).isTrue();
    assertThat(cursor.isAtEnd()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 1",
    "7, 7, 1",
    "-7, -7, 2",
    "10, 10, 2",
    "'12,', 12, 2",
    "'90]', 90, 2",
    "123456789012345678, 123456789012345678, 18",
    "-999999999999999999, -999999999999999999, 19",
  })
  void takesIntegers(String text, long number, int length) {
    LineCursor cursor = at(text);
    assertThat(cursor.takeInteger()).isTrue();
    assertThat(cursor.number()).isEqualTo(number);
    assertThat(taken(cursor)).isEqualTo(length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "x",
        "/",
        ":",
        "01",
        "-01",
        "00",
        "1.5",
        "1e3",
        "1E3",
        "1234567890123456789"
      })
  void leavesNumbersOfOtherKindsToTheBook(String text) {
    assertThat(at(text).takeInteger()).isFalse();
  }

  @Test
  void whatIsBehindTheLineIsNoPartOfANumberNorOfAValue() {
    assertThat(at("12", ".5").takeInteger()).isTrue();
    assertThat(at("12", "e5").takeInteger()).isTrue();
    assertThat(at("7", ",8]").skipValue()).isFalse();
    assertThat(at("abc", "\"").takePlainText()).isFalse();
    assertThat(at("\"abc", "\",7]").skipValue()).isFalse();
  }

  @Test
  void takesPlainTextToItsClosingQuote() {
    LineCursor cursor = at("äb c\",\"");
    assertThat(cursor.takePlainText()).isTrue();
    assertThat(new String(cursor.bytes(), BEFORE.length(), taken(cursor), UTF_8))
        .isEqualTo("äb c\"");
    assertThat(cursor.take(',')).isTrue();
    assertThat(at("a\\\"b\"").takePlainText()).as("an escape").isFalse();
    assertThat(at("abc").takePlainText()).as("no quote before the line ends").isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "null",
        "\"a,b]}c\"",
        "\"a \\\" , ] \\\\\"",
        "\"\\\\\"",
        "[]",
        "[1,[2,{}],3]",
        "{\"a\":[1,2],\"}\":\"{\"}",
        "[\"]\",\"[\"]"
      })
  void skipsAValueToWhatFollowsIt(String value) {
    for (String next : new String[] {",7]}", "]", "}"}) {
      LineCursor cursor = at(value + next);
      assertThat(cursor.skipValue()).isTrue();
      assertThat(taken(cursor)).isEqualTo(value.length());
      assertThat(cursor.take(next)).isTrue();
    }
    assertThat(at(value).skipValue()).as("nothing follows").isFalse();
  }

  private static LineCursor at(String line) {
    return at(line, AFTER);
  }

  private static LineCursor at(String line, String behind) {
    LineCursor cursor = new LineCursor();
    int end = BEFORE.length() + line.getBytes(UTF_8).length;
    cursor.reset((BEFORE + line + behind).getBytes(UTF_8), BEFORE.length(), end);
    return cursor;
  }

  private static int taken(LineCursor cursor) {
    return cursor.position() - BEFORE.length();
  }
}
