package dev.faultline.checkers.transactions;

import java.util.Locale;

/**
 * Writes an SVG document: boxes, texts and right-angled arrows, on a white ground so that it can be
 * read on any.
 */
final class Svg {

  /** About how wide a character of the monospaced font is, in pixels. */
  static final double CHARACTER_WIDTH = 7.2;

  private static final int FONT_SIZE = 12;
  private static final double CORNER = 6;

  private final StringBuilder out = new StringBuilder();

  /** Draws a rectangle with round corners. */
  void box(double left, double top, double width, double height, String fill, String stroke) {
    out.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"4\" fill=\"%s\""
                + " stroke=\"%s\"/>",
            left,
            top,
            width,
            height,
            fill,
            stroke));
  }

  /** Writes {@code text} from {@code left}, on the line {@code y}; {@code whole} shows on hover. */
  void text(double left, double y, String colour, String text, String whole) {
    // The length is fixed, so that the text fits its box whatever font a reader has.
    out.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\" textLength=\"%.1f\""
                + " lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\">",
            left,
            y,
            colour,
            width(text)));
    if (!whole.equals(text)) {
      out.append("<title>").append(escaped(whole)).append("</title>");
    }
    out.append(escaped(text)).append("</text>");
  }

  /** Draws an arrow through {@code corners}, x and y in turn, with its bends rounded. */
  void arrow(String colour, String marker, double... corners) {
    out.append(String.format(Locale.ROOT, "<path d=\"M%.1f %.1f", corners[0], corners[1]));
    for (int i = 2; i + 3 < corners.length; i += 2) {
      bend(corners, i);
    }
    int last = corners.length - 2;
    out.append(
        String.format(
            Locale.ROOT,
            "L%.1f %.1f\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\" marker-end=\"url(#%s)\"/>",
            corners[last],
            corners[last + 1],
            colour,
            marker));
  }

  private void bend(double[] corners, int at) {
    double x = corners[at];
    double y = corners[at + 1];
    double[] before = towards(x, y, corners[at - 2], corners[at - 1]);
    double[] after = towards(x, y, corners[at + 2], corners[at + 3]);
    out.append(
        String.format(
            Locale.ROOT,
            "L%.1f %.1fQ%.1f %.1f %.1f %.1f",
            before[0],
            before[1],
            x,
            y,
            after[0],
            after[1]));
  }

  /** Returns the point a little way from a corner towards another, at most half of the way. */
  private static double[] towards(double x, double y, double toX, double toY) {
    double length = Math.hypot(toX - x, toY - y);
    double part = length == 0 ? 0 : Math.min(CORNER, length / 2) / length;
    return new double[] {x + (toX - x) * part, y + (toY - y) * part};
  }

  /** Defines the head of the arrows that name {@code marker}. */
  void arrowHead(String marker, String colour) {
    out.append(
        String.format(
            Locale.ROOT,
            "<marker id=\"%s\" markerWidth=\"9\" markerHeight=\"8\" refX=\"8\" refY=\"4\""
                + " orient=\"auto\" markerUnits=\"userSpaceOnUse\"><path d=\"M0 0L9 4L0 8z\""
                + " fill=\"%s\"/></marker>",
            marker,
            colour));
  }

  /** Returns the whole document. */
  String document(double width, double height, String title) {
    String head =
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\""
                + " viewBox=\"0 0 %.0f %.0f\" role=\"img\" font-family=\"monospace\""
                + " font-size=\"%d\">",
            width,
            height,
            width,
            height,
            FONT_SIZE);
    return head
        + "<title>"
        + escaped(title)
        + "</title><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
        + out
        + "</svg>";
  }

  /** Returns how wide {@code text} is, in pixels. */
  static double width(String text) {
    return text.codePointCount(0, text.length()) * CHARACTER_WIDTH;
  }

  /** Returns {@code text}, or its beginning and its end if it is too long. */
  static String shortened(String text, int most) {
    int length = text.codePointCount(0, text.length());
    if (length <= most) {
      return text;
    }
    int half = (most - 1) / 2;
    return text.substring(0, text.offsetByCodePoints(0, half))
        + "…"
        + text.substring(text.offsetByCodePoints(text.length(), -half));
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(character -> {
          switch (character) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            default -> escaped.appendCodePoint(isAllowed(character) ? character : '\uFFFD');
          }
        });
    return escaped.toString();
  }

  /** Tells whether XML 1.0 knows this character. */
  private static boolean isAllowed(int character) {
    return character >= ' '
        && (character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE)
        && character != 0xFFFE
        && character != 0xFFFF;
  }
}
