package dev.faultline.checkers.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import org.jspecify.annotations.Nullable;

/**
 * Reads the inside of JSON strings for a {@link JsonReader}.
 *
 * <p>Most strings of a history are a few ASCII letters that come again on every line ({@code
 * "process"}, {@code "invoke"}, {@code "k3"}). Those are found in a small direct-mapped cache and
 * cost no allocation; all others take the slow way.
 */
final class StringScanner {

  private static final int CACHE_SLOTS = 1024;
  private static final int LONGEST_CACHED = 24;

  private final JsonReader reader;
  private final @Nullable String[] cache = new @Nullable String[CACHE_SLOTS];
  private int end;

  StringScanner(JsonReader reader) {
    this.reader = reader;
  }

  /** Returns the position behind the closing quote of the string scanned last. */
  int end() {
    return end;
  }

  /** Scans the string whose first byte after the opening quote is at {@code start}. */
  String scan(byte[] bytes, int start, int to) {
    int hash = 0;
    for (int i = start; i < to; i++) {
      byte b = bytes[i];
      if (b == '"') {
        end = i + 1;
        return cached(bytes, start, i - start, hash);
      }
      if (b < 0x20 || b == '\\') {
        return slow(bytes, start, i, to);
      }
      hash = 31 * hash + b;
    }
    throw reader.error(to, "expected '\"', found the end");
  }

  private String cached(byte[] bytes, int start, int length, int hash) {
    if (length > LONGEST_CACHED) {
      return new String(bytes, start, length, ISO_8859_1);
    }
    int slot = (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (CACHE_SLOTS - 1);
    String candidate = cache[slot];
    if (candidate != null && same(candidate, bytes, start, length)) {
      return candidate;
    }
    String text = new String(bytes, start, length, ISO_8859_1);
    cache[slot] = text;
    return text;
  }

  private static boolean same(String text, byte[] bytes, int start, int length) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != bytes[start + i]) {
        return false;
      }
    }
    return true;
  }

  /** Handles escapes and characters beyond ASCII; {@code at} is the first such byte. */
  private String slow(byte[] bytes, int start, int at, int to) {
    StringBuilder text = new StringBuilder();
    int plainStart = start;
    int i = at;
    while (i < to) {
      byte b = bytes[i];
      if (b == '"') {
        appendUtf8(text, bytes, plainStart, i);
        end = i + 1;
        return text.toString();
      }
      if (b == '\\') {
        appendUtf8(text, bytes, plainStart, i);
        i = escape(text, bytes, i, to);
        plainStart = i;
      } else if (b >= 0 && b < 0x20) {
        throw reader.error(i, String.format("control character U+%04X must be escaped", b));
      } else {
        i++;
      }
    }
    throw reader.error(to, "expected '\"', found the end");
  }

  private int escape(StringBuilder text, byte[] bytes, int at, int to) {
    if (at + 1 >= to) {
      throw reader.error(to, "expected the rest of an escape, found the end");
    }
    char c = (char) (bytes[at + 1] & 0xff);
    switch (c) {
      case '"', '\\', '/' -> text.append(c);
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'u' -> {
        text.append(hex(bytes, at + 2, to));
        return at + 6;
      }
      default -> throw reader.error(at, "unknown escape \\" + c);
    }
    return at + 2;
  }

  private char hex(byte[] bytes, int at, int to) {
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = i < to ? Character.digit(bytes[i], 16) : -1;
      if (digit < 0) {
        throw reader.error(Math.min(i, to), "expected four hexadecimal digits after \\u");
      }
      value = value * 16 + digit;
    }
    return (char) value;
  }

  private void appendUtf8(StringBuilder text, byte[] bytes, int start, int end) {
    if (start == end) {
      return;
    }
    try {
      text.append(
          UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes, start, end - start)));
    } catch (CharacterCodingException malformed) {
      throw reader.error(start, "the string is not valid UTF-8");
    }
  }
}
