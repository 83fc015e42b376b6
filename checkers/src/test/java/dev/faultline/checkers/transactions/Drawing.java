package dev.faultline.checkers.transactions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands in an SVG document that {@link Svg} wrote. */
final class Drawing {

  private static final Pattern ELEMENT =
      Pattern.compile("<(svg|rect|text|path|marker)((?: [a-zA-Z:-]+=\"[^\"]*\")*)/?>");
  private static final Pattern ATTRIBUTE = Pattern.compile("([a-zA-Z:-]+)=\"([^\"]*)\"");
  private static final Pattern CONTENT = Pattern.compile("(?:<title>([^<]*)</title>)?([^<]*)<");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+");
  private static final double FRAME_HEIGHT = 38;

  /** A frame of a transaction, or a box of a micro-operation. */
  record Box(double left, double top, double width, double height, String fill, String stroke) {

    double right() {
      return left + width;
    }

    double bottom() {
      return top + height;
    }

    double middle() {
      return left + width / 2;
    }

    boolean holds(Text text) {
      return text.left() > left
          && text.right() < right()
          && text.line() > top
          && text.line() < bottom();
    }

    boolean holds(Box box) {
      return box.left > left && box.right() < right() && box.top > top && box.bottom() < bottom();
    }
  }

  /** A text on a line; {@code whole} is what shows on hover, or nothing. */
  record Text(double left, double line, double width, String colour, String words, String whole) {

    double right() {
      return left + width;
    }
  }

  /** An arrow; {@code corners} are x and y in turn, those of its bends among them. */
  record Arrow(List<Double> corners, String colour, String head) {

    double fromX() {
      return corners.getFirst();
    }

    double fromY() {
      return corners.get(1);
    }

    double toX() {
      return corners.get(corners.size() - 2);
    }

    double toY() {
      return corners.getLast();
    }
  }

  private double width;
  private double height;
  private final List<Box> frames = new ArrayList<>();
  private final List<Box> boxes = new ArrayList<>();
  private final List<Text> texts = new ArrayList<>();
  private final List<Arrow> arrows = new ArrayList<>();

  /** The colour of each head that is defined. */
  private final Map<String, String> heads = new HashMap<>();

  Drawing(String svg) {
    Matcher elements = ELEMENT.matcher(svg);
    String head = "";
    while (elements.find()) {
      Map<String, String> attributes = new HashMap<>();
      ATTRIBUTE
          .matcher(elements.group(2))
          .results()
          .forEach(each -> attributes.put(each.group(1), each.group(2)));
      switch (elements.group(1)) {
        case "svg" -> {
          width = number(attributes, "width");
          height = number(attributes, "height");
        }
        case "rect" -> box(attributes);
        case "text" -> text(attributes, svg, elements.end());
        case "marker" -> head = word(attributes, "id");
        default -> path(attributes, head);
      }
    }
  }

  private void box(Map<String, String> attributes) {
    if (attributes.containsKey("x")) {
      Box box =
          new Box(
              number(attributes, "x"),
              number(attributes, "y"),
              number(attributes, "width"),
              number(attributes, "height"),
              word(attributes, "fill"),
              word(attributes, "stroke"));
      (box.height() == FRAME_HEIGHT ? frames : boxes).add(box);
    }
  }

  private void text(Map<String, String> attributes, String svg, int from) {
    Matcher content = CONTENT.matcher(svg).region(from, svg.length());
    if (!content.lookingAt()) {
      throw new AssertionError("a text without an end in " + svg);
    }
    String whole = content.group(1);
    texts.add(
        new Text(
            number(attributes, "x"),
            number(attributes, "y"),
            number(attributes, "textLength"),
            word(attributes, "fill"),
            content.group(2),
            whole == null ? "" : whole));
  }

  private void path(Map<String, String> attributes, String head) {
    String end = attributes.get("marker-end");
    if (end == null) {
      heads.merge(head, word(attributes, "fill"), (one, other) -> one + " and " + other);
      return;
    }
    List<Double> corners =
        NUMBER
            .matcher(word(attributes, "d"))
            .results()
            .map(each -> Double.valueOf(each.group()))
            .toList();
    arrows.add(
        new Arrow(
            corners,
            word(attributes, "stroke"),
            end.substring("url(#".length(), end.length() - 1)));
  }

  private static String word(Map<String, String> attributes, String name) {
    String value = attributes.get(name);
    if (value == null) {
      throw new AssertionError("an element without " + name + ", but with " + attributes);
    }
    return value;
  }

  private static double number(Map<String, String> attributes, String name) {
    return Double.parseDouble(word(attributes, name));
  }

  double width() {
    return width;
  }

  double height() {
    return height;
  }

  List<Box> frames() {
    return frames;
  }

  List<Box> boxes() {
    return boxes;
  }

  List<Text> texts() {
    return texts;
  }

  List<Arrow> arrows() {
    return arrows;
  }

  Map<String, String> heads() {
    return heads;
  }

  /** Returns the words of every text, in the order in which they were drawn. */
  List<String> words() {
    return texts.stream().map(Text::words).toList();
  }

  /** Returns the one text that says {@code words}. */
  Text text(String words) {
    List<Text> found = texts.stream().filter(each -> each.words().equals(words)).toList();
    if (found.size() != 1) {
      throw new AssertionError(words + " is there " + found.size() + " times: " + words());
    }
    return found.getFirst();
  }

  /** Returns the box around {@code words}. */
  Box boxOf(String words) {
    Text text = text(words);
    return boxes.stream().filter(box -> box.holds(text)).findFirst().orElseThrow();
  }
}
