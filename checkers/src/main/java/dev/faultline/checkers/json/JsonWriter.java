package dev.faultline.checkers.json;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Writes {@link Json} in its shortest form: no white space, nothing escaped that need not be. */
public final class JsonWriter {

  private static final int LONGEST_INTEGER = 100;
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private JsonWriter() {}

  /** Returns {@code value} as text. */
  public static String toString(Json value) {
    StringBuilder out = new StringBuilder();
    append(out, value);
    return out.toString();
  }

  /**
   * Appends {@code value} to {@code out}.
   *
   * @throws IllegalArgumentException for a number that JSON cannot express (NaN, infinity)
   */
  public static void append(StringBuilder out, Json value) {
    switch (value) {
      case Json.Null() -> out.append("null");
      case Json.Bool(boolean bool) -> out.append(bool);
      case Json.Int(long number) -> out.append(number);
      case Json.Real(double number) -> appendReal(out, number);
      case Json.Decimal(BigDecimal number) -> out.append(digits(number));
      case Json.Text(String text) -> appendString(out, text);
      case Json.Array(List<Json> values) -> appendArray(out, values);
      case Json.Obj(Map<String, Json> members) -> appendObject(out, members);
    }
  }

  /** Appends {@code text} as a JSON string, in quotes. */
  public static void appendString(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || isLoneSurrogate(text, i)) {
            appendEscape(out, c);
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean isLoneSurrogate(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }

  private static void appendEscape(StringBuilder out, char c) {
    out.append("\\u")
        .append(HEX[c >> 12])
        .append(HEX[(c >> 8) & 0xf])
        .append(HEX[(c >> 4) & 0xf])
        .append(HEX[c & 0xf]);
  }

  private static void appendReal(StringBuilder out, double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new IllegalArgumentException("JSON has no number for " + number);
    }
    out.append(number);
  }

  /** Returns an integer as it is usually written, if that is not too long. */
  private static String digits(BigDecimal number) {
    boolean plain = number.scale() < 0 && number.precision() - number.scale() <= LONGEST_INTEGER;
    return plain ? number.toPlainString() : number.toString();
  }

  private static void appendArray(StringBuilder out, List<Json> values) {
    out.append('[');
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      append(out, values.get(i));
    }
    out.append(']');
  }

  private static void appendObject(StringBuilder out, Map<String, Json> members) {
    out.append('{');
    boolean first = true;
    for (Map.Entry<String, Json> member : members.entrySet()) {
      if (!first) {
        out.append(',');
      }
      first = false;
      appendString(out, member.getKey());
      out.append(':');
      append(out, member.getValue());
    }
    out.append('}');
  }
}
