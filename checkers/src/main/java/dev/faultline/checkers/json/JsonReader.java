package dev.faultline.checkers.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads strict JSON (RFC 8259) from UTF-8 bytes.
 *
 * <p>Stricter than the RFC asks in two points where leniency would lose something: a member given
 * twice and a number beyond the range of a {@code double} are errors. Depth is limited to {@value
 * #MAX_DEPTH}, so that no input can exhaust the stack.
 *
 * <p>Not safe for use by several threads. An instance can be reset onto the next text and keeps a
 * cache of short strings, which makes reading many similar lines cheap.
 */
public final class JsonReader {

  /** How deep arrays and objects may nest. */
  public static final int MAX_DEPTH = 256;

  private static final int SMALL_INTS = 1024;

  private final StringScanner strings;
  private final Json.@Nullable Int[] smallInts = new Json.@Nullable Int[SMALL_INTS];

  private byte[] bytes = new byte[0];
  private int from;
  private int to;
  private int position;
  private int valueStart;
  private boolean firstMember;

  /** Creates a reader; {@link #reset} it onto a text before anything else. */
  public JsonReader() {
    strings = new StringScanner(this);
  }

  /**
   * Reads one whole document.
   *
   * @throws JsonSyntaxException if {@code text} is not exactly one JSON value
   */
  public static Json parse(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    return parse(utf8, 0, utf8.length);
  }

  /**
   * Reads one whole document from {@code bytes[from..to)}.
   *
   * @throws JsonSyntaxException if they are not exactly one JSON value
   */
  public static Json parse(byte[] bytes, int from, int to) {
    JsonReader reader = new JsonReader();
    reader.reset(bytes, from, to);
    Json value = reader.readValue();
    reader.expectEnd();
    return value;
  }

  /** Starts over with {@code bytes[from..to)}, which must not change while they are read. */
  public void reset(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    position = from;
    valueStart = from;
  }

  /** Enters the outermost object; its members are then pulled with {@link #nextName}. */
  public void beginObject() {
    skipSpace();
    valueStart = position;
    if (peek() != '{') {
      throw unexpected("an object");
    }
    position++;
    firstMember = true;
  }

  /**
   * Returns the name of the next member of the outermost object, whose value must be read next, or
   * null at the object's end.
   */
  public @Nullable String nextName() {
    skipSpace();
    if (peek() == '}') {
      position++;
      return null;
    }
    if (!firstMember) {
      expect(',', "',' or '}'");
      skipSpace();
    }
    firstMember = false;
    return name();
  }

  /** Reads a value of any kind. */
  public Json readValue() {
    skipSpace();
    valueStart = position;
    int start = position;
    Json value = value(0);
    valueStart = start;
    return value;
  }

  /** Checks that nothing but white space is left. */
  public void expectEnd() {
    skipSpace();
    if (position < to) {
      throw unexpected("nothing more");
    }
  }

  /** Returns the column, from 1, at which the value read last began. */
  public int valueColumn() {
    return columnOf(valueStart);
  }

  private Json value(int depth) {
    return switch (peek()) {
      case '{' -> object(depth + 1);
      case '[' -> array(depth + 1);
      case '"' -> {
        position++;
        yield new Json.Text(string());
      }
      case 't' -> literal("true", new Json.Bool(true));
      case 'f' -> literal("false", new Json.Bool(false));
      case 'n' -> literal("null", Json.NULL);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw unexpected("a value");
    };
  }

  private Json object(int depth) {
    checkDepth(depth);
    position++;
    Map<String, Json> members = new LinkedHashMap<>();
    skipSpace();
    if (peek() == '}') {
      position++;
      return new Json.Obj(members);
    }
    while (true) {
      int nameStart = position;
      String name = name();
      skipSpace();
      if (members.putIfAbsent(name, value(depth)) != null) {
        throw error(nameStart, "member \"" + name + "\" is given twice");
      }
      skipSpace();
      if (peek() == '}') {
        position++;
        return new Json.Obj(members);
      }
      expect(',', "',' or '}'");
      skipSpace();
    }
  }

  private Json array(int depth) {
    checkDepth(depth);
    position++;
    List<Json> values = new ArrayList<>(2);
    skipSpace();
    if (peek() == ']') {
      position++;
      return new Json.Array(values);
    }
    while (true) {
      skipSpace();
      values.add(value(depth));
      skipSpace();
      if (peek() == ']') {
        position++;
        return new Json.Array(values);
      }
      expect(',', "',' or ']'");
    }
  }

  private String name() {
    if (peek() != '"') {
      throw unexpected("a member name in quotes");
    }
    position++;
    String name = string();
    skipSpace();
    expect(':', "':'");
    return name;
  }

  private String string() {
    String text = strings.scan(bytes, position, to);
    position = strings.end();
    return text;
  }

  private Json literal(String word, Json value) {
    for (int i = 0; i < word.length(); i++) {
      if (position + i >= to || bytes[position + i] != word.charAt(i)) {
        throw unexpected("a value");
      }
    }
    position += word.length();
    return value;
  }

  private Json number() {
    int start = position;
    boolean negative = peek() == '-';
    if (negative) {
      position++;
    }
    int digitsStart = position;
    long magnitude = digits("a digit");
    int digits = position - digitsStart;
    if (digits > 1 && bytes[digitsStart] == '0') {
      throw error(digitsStart, "a number must not begin with a zero");
    }
    int next = peek();
    if (next == '.' || next == 'e' || next == 'E') {
      return real(start);
    }
    if (digits > 18) {
      return longOrReal(start);
    }
    if (!negative && magnitude < SMALL_INTS) {
      return smallInt((int) magnitude);
    }
    return new Json.Int(negative ? -magnitude : magnitude);
  }

  private Json smallInt(int value) {
    Json.Int cached = smallInts[value];
    if (cached == null) {
      cached = new Json.Int(value);
      smallInts[value] = cached;
    }
    return cached;
  }

  private Json real(int start) {
    if (peek() == '.') {
      position++;
      long _ = digits("a digit after the point");
    }
    if (peek() == 'e' || peek() == 'E') {
      position++;
      if (peek() == '+' || peek() == '-') {
        position++;
      }
      long _ = digits("a digit of the exponent");
    }
    return realOf(start);
  }

  private Json realOf(int start) {
    String digits = new String(bytes, start, position - start, UTF_8);
    if (Double.isInfinite(Double.parseDouble(digits))) {
      throw error(start, "the number is too large");
    }
    try {
      return Json.decimal(digits);
    } catch (NumberFormatException tooSmall) {
      throw error(start, "the number is too small");
    }
  }

  private Json longOrReal(int start) {
    try {
      return new Json.Int(Long.parseLong(new String(bytes, start, position - start, UTF_8)));
    } catch (NumberFormatException tooLarge) {
      return realOf(start);
    }
  }

  /** Skips digits and returns their value, which is meaningful up to 18 of them. */
  private long digits(String expected) {
    int start = position;
    long value = 0;
    while (position < to && bytes[position] >= '0' && bytes[position] <= '9') {
      value = value * 10 + (bytes[position] - '0');
      position++;
    }
    if (position == start) {
      throw unexpected(expected);
    }
    return value;
  }

  private void checkDepth(int depth) {
    if (depth > MAX_DEPTH) {
      throw error(position, "nested deeper than " + MAX_DEPTH);
    }
  }

  private void skipSpace() {
    while (position < to) {
      byte b = bytes[position];
      if (b != ' ' && b != '\n' && b != '\t' && b != '\r') {
        return;
      }
      position++;
    }
  }

  private int peek() {
    return position < to ? bytes[position] : -1;
  }

  private void expect(char wanted, String expected) {
    if (peek() != wanted) {
      throw unexpected(expected);
    }
    position++;
  }

  private JsonSyntaxException unexpected(String expected) {
    return error(position, "expected " + expected + ", found " + found());
  }

  private String found() {
    if (position >= to) {
      return "the end";
    }
    int b = bytes[position] & 0xff;
    if (b < 0x20 || b == 0x7f) {
      return String.format("control character U+%04X", b);
    }
    // A stray character may be of several bytes; decode it whole.
    String rest = new String(bytes, position, Math.min(4, to - position), UTF_8);
    return "'" + Character.toString(rest.codePointAt(0)) + "'";
  }

  JsonSyntaxException error(int at, String problem) {
    int line = 1;
    for (int i = from; i < at; i++) {
      if (bytes[i] == '\n') {
        line++;
      }
    }
    return new JsonSyntaxException(line, columnOf(at), problem);
  }

  private int columnOf(int at) {
    int column = 1;
    for (int i = at - 1; i >= from && bytes[i] != '\n'; i--) {
      // Continuation bytes do not begin a character.
      if ((bytes[i] & 0xc0) != 0x80) {
        column++;
      }
    }
    return column;
  }
}
