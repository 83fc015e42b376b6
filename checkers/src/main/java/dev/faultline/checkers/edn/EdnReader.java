package dev.faultline.checkers.edn;

import dev.faultline.checkers.json.Json;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads EDN values from a stream, one at a time; see the package for what becomes of them.
 *
 * <p>Not safe for use by several threads. The stream should be buffered.
 */
public final class EdnReader {

  private static final int END = -1;
  private static final int DEEPEST = 256;
  private static final int HEX = 16;
  private static final int UNICODE_DIGITS = 4;

  /** What micro-operations of transactions do, how many parts they have, which is the key. */
  private static final Set<String> MICRO_OPERATIONS = Set.of("r", "w", "append");

  private static final int PARTS = 3;
  private static final int KEY = 1;

  private final Reader in;
  private long line = 1;
  private int column;
  private int peeked;
  private boolean hasPeeked;
  private int second;
  private boolean hasSecond;
  private long valueLine;
  private int valueColumn;
  private int depth;
  private final Set<String> tags = new HashSet<>();
  private final Spellings spellings = new Spellings();

  /** Reads from {@code in}, which the caller closes. */
  public EdnReader(Reader in) {
    this.in = in;
  }

  /** Returns the line, from 1, on which the value read last began. */
  public long valueLine() {
    return valueLine;
  }

  /** Returns the character of that line, from 1. */
  public int valueColumn() {
    return valueColumn;
  }

  /** Tells whether the value read last is or holds one with {@code tag}. */
  public boolean hasTag(String tag) {
    return tags.contains(tag);
  }

  /**
   * If the next thing is a list or a vector, goes into it, so that {@link #next} returns its
   * elements; false and nothing happens if it is something else.
   */
  public boolean enterSequence() throws IOException {
    skip(0);
    if (peek() == '(' || peek() == '[') {
      int _ = read();
      depth++;
      return true;
    }
    return false;
  }

  /**
   * Returns the next value, or null at the end of the stream or of the sequence that was entered.
   *
   * @throws EdnSyntaxException if what follows is not EDN
   * @throws IOException if it cannot be read
   */
  public @Nullable Json next() throws IOException {
    tags.clear();
    skip(0);
    tags.clear(); // What was discarded does not count.
    int c = peek();
    if (c == END) {
      if (depth > 0) {
        throw error("the file ends within a list", "a closing ) or ]");
      }
      return null;
    }
    if (depth > 0 && (c == ')' || c == ']')) {
      int _ = read();
      depth--;
      return null;
    }
    long startLine = line;
    int startColumn = column + 1;
    Json value = value(0);
    valueLine = startLine;
    valueColumn = startColumn;
    return value;
  }

  private Json value(int nesting) throws IOException {
    if (nesting > DEEPEST) {
      throw error("values nested more than " + DEEPEST + " deep", "fewer levels");
    }
    skip(nesting);
    int c = peek();
    return switch (c) {
      case END -> throw error("the file ends where a value should be", "a value");
      case '(' -> sequence(')', nesting);
      case '[' -> sequence(']', nesting);
      case '{' -> map(nesting);
      case '"' -> string();
      case ':' -> {
        int _ = read();
        yield Json.of(token());
      }
      case '\\' -> {
        int _ = read();
        yield Json.of(Character.toString(read()) + token());
      }
      case '#' -> dispatch(nesting);
      case ')', ']', '}' -> throw error("'" + (char) c + "' closes nothing", "a value");
      default -> atom();
    };
  }

  private Json sequence(char end, int nesting) throws IOException {
    int _ = read();
    List<Json> values = new ArrayList<>();
    int keyMark = END;
    for (skip(nesting); peek() != end; skip(nesting)) {
      if (peek() == END) {
        throw error("the file ends within a list", "a closing " + end);
      }
      keyMark = values.size() == KEY ? peek() : keyMark;
      values.add(value(nesting + 1));
    }
    int _ = read();
    if (isMicroOperation(values) && values.get(KEY) instanceof Json.Text(String key)) {
      values.set(KEY, Json.of(spellings.distinct(key, keyMark)));
    }
    return new Json.Array(values);
  }

  private static boolean isMicroOperation(List<Json> values) {
    return values.size() == PARTS
        && values.getFirst() instanceof Json.Text(String f)
        && MICRO_OPERATIONS.contains(f);
  }

  private Json map(int nesting) throws IOException {
    int _ = read();
    Map<String, Json> members = new LinkedHashMap<>();
    for (skip(nesting); peek() != '}'; skip(nesting)) {
      if (peek() == END) {
        throw error("the file ends within a map", "a closing }");
      }
      Json key = value(nesting + 1);
      skip(nesting);
      if (peek() == '}') {
        throw error("a map's last key has no value", "as many values as keys");
      }
      String name =
          switch (key) {
            case Json.Text(String text) -> text;
            case Json.Int(long number) -> Long.toString(number);
            default -> throw error("a map key is a collection", "a keyword, string or integer");
          };
      members.put(name, value(nesting + 1));
    }
    int _ = read();
    return new Json.Obj(members);
  }

  private Json dispatch(int nesting) throws IOException {
    int _ = read();
    int c = peek();
    if (c == '{') {
      return sequence('}', nesting);
    }
    if (c == '#') {
      return symbolic();
    }
    // A tag does not change its value: #jepsen.history.Op{...} is a map.
    String tag = token();
    if (tag.isEmpty()) {
      throw error("'#' is followed by nothing that is known", "a tag or a set");
    }
    tags.add(tag);
    return value(nesting + 1);
  }

  /** Returns a number that is none, which JSON does not have, as a string. */
  private Json symbolic() throws IOException {
    String token = token();
    return switch (token) {
      case "#NaN", "#Inf", "#-Inf" -> Json.of("#" + token);
      default -> throw error("'#" + token + "' is not a number", "##NaN, ##Inf or ##-Inf");
    };
  }

  private Json string() throws IOException {
    int _ = read();
    StringBuilder text = new StringBuilder();
    for (int c = read(); c != '"'; c = read()) {
      if (c == END) {
        throw error("the file ends within a string", "a closing \"");
      }
      text.appendCodePoint(c == '\\' ? escaped() : c);
    }
    return Json.of(text.toString());
  }

  private int escaped() throws IOException {
    int c = read();
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case '"', '\\' -> c;
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < UNICODE_DIGITS; i++) {
          int digit = Character.digit(read(), HEX);
          if (digit < 0) {
            throw error("\\u is not followed by four hexadecimal digits", "such as \\u00e9");
          }
          code = code * HEX + digit;
        }
        yield code;
      }
      default -> throw error("an unknown escape in a string", "\\n, \\t, \\r, \\\", \\\\ or \\u");
    };
  }

  private Json atom() throws IOException {
    String token = token();
    if (token.isEmpty()) {
      throw error("'" + Character.toString(peek()) + "' begins no value", "a value");
    }
    return switch (token) {
      case "nil" -> Json.NULL;
      case "true" -> Json.of(true);
      case "false" -> Json.of(false);
      default -> isNumber(token) ? number(token) : Json.of(token);
    };
  }

  private static boolean isNumber(String token) {
    char first = token.charAt(0);
    return Character.isDigit(first)
        || ((first == '-' || first == '+')
            && token.length() > 1
            && Character.isDigit(token.charAt(1)));
  }

  private Json number(String token) throws EdnSyntaxException {
    boolean big = token.endsWith("N") || token.endsWith("M");
    String digits = big ? token.substring(0, token.length() - 1) : token;
    try {
      return Json.of(Long.parseLong(digits));
    } catch (NumberFormatException notLong) {
      try {
        return Json.decimal(digits);
      } catch (NumberFormatException notReal) {
        throw error("'" + token + "' is not a number", "an integer or a decimal number");
      }
    }
  }

  private String token() throws IOException {
    StringBuilder token = new StringBuilder();
    for (int c = peek(); !isDelimiter(c); c = peek()) {
      token.appendCodePoint(read());
    }
    return token.toString();
  }

  private static boolean isDelimiter(int c) {
    return switch (c) {
      case END, '(', ')', '[', ']', '{', '}', '"', ';', ',' -> true;
      default -> Character.isWhitespace(c);
    };
  }

  /** Skips white space, commas, comments and discarded values. */
  private void skip(int nesting) throws IOException {
    while (true) {
      int c = peek();
      if (c == ',' || Character.isWhitespace(c)) {
        int _ = read();
      } else if (c == ';') {
        while (peek() != '\n' && peek() != END) {
          int _ = read();
        }
      } else if (c == '#' && peekSecond() == '_') {
        int _ = read();
        int _ = read();
        Json _ = value(nesting + 1);
      } else {
        return;
      }
    }
  }

  private int peek() throws IOException {
    if (!hasPeeked) {
      peeked = hasSecond ? second : in.read();
      hasSecond = false;
      hasPeeked = true;
    }
    return peeked;
  }

  private int peekSecond() throws IOException {
    int _ = peek();
    if (!hasSecond) {
      second = in.read();
      hasSecond = true;
    }
    return second;
  }

  private int read() throws IOException {
    int c = peek();
    hasPeeked = false;
    if (c == '\n') {
      line++;
      column = 0;
    } else if (c != END) {
      column++;
    }
    return c;
  }

  private EdnSyntaxException error(String problem, String expected) {
    return new EdnSyntaxException(line, column + 1, problem, "expected " + expected);
  }
}
