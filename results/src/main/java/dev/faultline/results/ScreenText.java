package dev.faultline.results;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Keeps text within the width of a screen. */
public final class ScreenText {

  /** The width that everything on the last screen keeps to, commands excepted. */
  public static final int WIDTH = 100;

  private static final Pattern WORDS = Pattern.compile("\\s+");

  /** Stands for a space at which no line ends. Not white space to {@link #WORDS}. */
  private static final char NO_BREAK = '\u00a0';

  private ScreenText() {}

  /** Returns {@code text} so that {@link #wrap} keeps it on one line. */
  public static String unbroken(String text) {
    return text.replace(' ', NO_BREAK);
  }

  /**
   * Returns {@code lead} followed by {@code text}, in lines that fit; the later ones stand under
   * the text.
   */
  public static List<String> wrap(String lead, String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(lead);
    boolean empty = true;
    for (String word : WORDS.splitAsStream(text.strip()).toList()) {
      if (!empty && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(lead.length()));
        empty = true;
      }
      line.append(empty ? "" : " ").append(word.replace(NO_BREAK, ' '));
      empty = false;
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }

  /** Returns {@code line} with {@code remark} at its end, or beneath it if that does not fit. */
  static List<String> withRemark(String line, String remark) {
    if (remark.isEmpty()) {
      return List.of(line);
    }
    if (line.length() + 3 + remark.length() <= WIDTH) {
      return List.of(line + "   " + remark);
    }
    List<String> lines = new ArrayList<>(List.of(line));
    lines.addAll(wrap("        ", remark));
    return lines;
  }
}
