package dev.faultline.checkers.edn;

import java.util.HashMap;
import java.util.Map;

/**
 * Keeps texts apart that only their marks tell apart: {@code :x}, {@code "x"}, {@code x}.
 *
 * <p>What comes first keeps its characters alone. Another that has the same ones is spelled with
 * its mark. The answer for one text is always the same.
 */
final class Spellings {

  /** A text with what kind of text it is. */
  private record Marked(String text, int kind) {}

  private static final int SYMBOL = 0;

  private final Map<Marked, String> names = new HashMap<>();
  private final Map<String, Marked> owners = new HashMap<>();

  /**
   * Returns a name for {@code text} that no other text with another mark has.
   *
   * @param text the text without its mark
   * @param first the character with which it begins in the file, its mark if it has one
   */
  String distinct(String text, int first) {
    int kind =
        switch (first) {
          case ':', '"', '\\' -> first;
          default -> SYMBOL;
        };
    Marked marked = new Marked(text, kind);
    String known = names.get(marked);
    if (known != null) {
      return known;
    }
    String name = text;
    while (owners.putIfAbsent(name, marked) != null) {
      name = mark(name, kind);
    }
    names.put(marked, name);
    return name;
  }

  private static String mark(String name, int kind) {
    return switch (kind) {
      case SYMBOL -> "'" + name;
      case '"' -> '"' + name + '"';
      default -> Character.toString(kind) + name;
    };
  }
}
