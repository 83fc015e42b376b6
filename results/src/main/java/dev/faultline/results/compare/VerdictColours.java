package dev.faultline.results.compare;

import java.util.regex.Pattern;

/** Colours the words of verdicts, with ANSI escapes that take no room. */
final class VerdictColours {

  private static final Pattern WORD =
      Pattern.compile("\\b(VALID|INVALID|UNKNOWN|NOT STARTED|BROKE ITS PROMISES)\\b");
  private static final String RESET = "\u001b[0m";

  private VerdictColours() {}

  static String paint(String text) {
    return WORD.matcher(text).replaceAll(word -> code(word.group()) + word.group() + RESET);
  }

  private static String code(String word) {
    return switch (word) {
      case "VALID" -> "\u001b[1;32m";
      case "INVALID", "BROKE ITS PROMISES" -> "\u001b[1;31m";
      default -> "\u001b[1;33m";
    };
  }
}
