package dev.faultline.checkers.transactions;

import java.util.Arrays;

/**
 * Moves through the bytes of one line of JSON. Every method that answers false leaves the line to
 * be read by the book.
 */
final class LineCursor {

  private static final int LONGEST_NUMBER = 18;

  private byte[] bytes = {};
  private int position;
  private int end;
  private long number;

  /** Begins with {@code line[from..to)}. */
  void reset(byte[] line, int from, int to) {
    bytes = line;
    position = from;
    end = to;
  }

  int position() {
    return position;
  }

  /** Goes on at {@code place} of the same line. */
  void moveTo(int place) {
    position = place;
  }

  boolean isAtEnd() {
    return position == end;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Returns the integer that was taken last. */
  long number() {
    return number;
  }

  /** Takes one character if it is {@code wanted}. */
  boolean take(char wanted) {
    if (position < end && bytes[position] == wanted) {
      position++;
      return true;
    }
    return false;
  }

  /** Takes {@code text} if it comes next. */
  boolean take(byte[] text) {
    int to = position + text.length;
    if (to > end || !Arrays.equals(bytes, position, to, text, 0, text.length)) {
      return false;
    }
    position = to;
    return true;
  }

  /** Takes {@code text}, of ASCII, if it comes next. */
  boolean take(String text) {
    int length = text.length();
    if (end - position < length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[position + i] != text.charAt(i)) {
        return false;
      }
    }
    position += length;
    return true;
  }

  /** Takes an integer of usual length. */
  boolean takeInteger() {
    boolean negative = take('-');
    int start = position;
    long magnitude = 0;
    while (position < end && bytes[position] >= '0' && bytes[position] <= '9') {
      magnitude = magnitude * 10 + (bytes[position++] - '0');
    }
    int digits = position - start;
    number = negative ? -magnitude : magnitude;
    boolean more = position < end && (bytes[position] == '.' || (bytes[position] | 32) == 'e');
    return digits > 0 && digits <= LONGEST_NUMBER && !more && (digits == 1 || bytes[start] != '0');
  }

  /** Takes the rest of a text after its opening quote; false if it has, or lacks, escapes. */
  boolean takePlainText() {
    while (position < end && bytes[position] != '"') {
      boolean isControl = bytes[position] >= 0 && bytes[position] < ' ';
      if (bytes[position] == '\\' || isControl) {
        return false;
      }
      position++;
    }
    return take('"');
  }

  /** Skips a value by its brackets and quotes; what is in it is looked at later, or never. */
  boolean skipValue() {
    int depth = 0;
    while (position < end) {
      byte b = bytes[position];
      if (b == '"') {
        skipText();
      } else if (b == '[' || b == '{') {
        depth++;
      } else if (b == ']' || b == '}') {
        if (depth == 0) {
          return true;
        }
        depth--;
      } else if (b == ',' && depth == 0) {
        return true;
      }
      position++;
    }
    return false;
  }

  private void skipText() {
    position++;
    while (position < end && bytes[position] != '"') {
      position += bytes[position] == '\\' ? 2 : 1;
    }
  }
}
