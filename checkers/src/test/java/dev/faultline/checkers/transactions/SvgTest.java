package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Each thing that is drawn, as it stands in the document. */
class SvgTest {

  private static final double ROUNDING = 1e-9;

  private final Svg svg = new Svg();

  @Test
  void aDocumentHasItsSizeItsTitleAndAWhiteGround() {
    assertThat(svg.document(100, 50.4, "a < b"))
        .isEqualTo(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"50\""
                + " viewBox=\"0 0 100 50\" role=\"img\" font-family=\"monospace\""
                + " font-size=\"12\"><title>a &lt; b</title>"
                + "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/></svg>");
  }

  @Test
  void aBoxHasRoundCorners() {
    svg.box(1, 2, 3, 4.26, "#fff", "#000");
    assertThat(drawn())
        .isEqualTo(
            "<rect x=\"1.0\" y=\"2.0\" width=\"3.0\" height=\"4.3\" rx=\"4\" fill=\"#fff\""
                + " stroke=\"#000\"/>");
  }

  @Test
  void aTextIsAsWideAsWasReckonedWhateverTheFont() {
    svg.text(5, 6, "#777", "ab & c", "ab & c");
    assertThat(drawn())
        .isEqualTo(
            "<text x=\"5.0\" y=\"6.0\" fill=\"#777\" textLength=\"43.2\""
                + " lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\">ab &amp; c</text>");
    assertThat(Svg.width("")).isZero();
    assertThat(Svg.width("ab")).isEqualTo(14.4, within(ROUNDING));
    assertThat(Svg.width("🙂")).as("one character, of two units").isEqualTo(7.2, within(ROUNDING));
  }

  @Test
  void theWholeTextShowsOnHoverIfItIsAnother() {
    svg.text(0, 0, "#000", "a…", "a>b");
    assertThat(drawn()).contains("<title>a&gt;b</title>a…</text>");
  }

  @Test
  void whatIsNoCharacterOfXmlIsReplaced() {
    svg.text(0, 0, "#000", "\u001f \ud7ff\ud800\ue000\ufffd\ufffe\uffff🙂\udfff", "");
    assertThat(drawn()).endsWith(">\ufffd \ud7ff\ufffd\ue000\ufffd\ufffd\ufffd🙂\ufffd</text>");
  }

  @Test
  void anArrowBendsAroundItsCorners() {
    svg.arrow("#123", "head", 10, 20, 10, 60, 90, 60, 90, 100);
    assertThat(drawn())
        .isEqualTo(
            "<path d=\"M10.0 20.0L10.0 54.0Q10.0 60.0 16.0 60.0L84.0 60.0Q90.0 60.0 90.0 66.0"
                + "L90.0 100.0\" fill=\"none\" stroke=\"#123\" stroke-width=\"1.6\""
                + " marker-end=\"url(#head)\"/>");
  }

  @Test
  void aBendTakesNoMoreThanHalfOfAShortWay() {
    svg.arrow("#123", "head", 10, 20, 10, 28, 4, 28, 4, 100);
    assertThat(drawn())
        .contains(
            "\"M10.0 20.0L10.0 24.0Q10.0 28.0 7.0 28.0L7.0 28.0Q4.0 28.0 4.0 34.0L4.0 100.0\"");
  }

  @Test
  void anArrowMayGoStraightThroughACorner() {
    svg.arrow("#123", "head", 10, 20, 10, 60, 10, 60, 10, 100);
    assertThat(drawn())
        .contains(
            "\"M10.0 20.0L10.0 54.0Q10.0 60.0 10.0 60.0L10.0 60.0Q10.0 60.0 10.0 66.0L10.0 100.0\"");
  }

  @Test
  void aHeadIsDefinedUnderItsName() {
    svg.arrowHead("head", "#123");
    assertThat(drawn())
        .isEqualTo(
            "<marker id=\"head\" markerWidth=\"9\" markerHeight=\"8\" refX=\"8\" refY=\"4\""
                + " orient=\"auto\" markerUnits=\"userSpaceOnUse\"><path d=\"M0 0L9 4L0 8z\""
                + " fill=\"#123\"/></marker>");
  }

  @Test
  void aLongTextKeepsItsBeginningAndItsEnd() {
    assertThat(Svg.shortened("abcdefg", 7)).isEqualTo("abcdefg");
    assertThat(Svg.shortened("abcdefgh", 7)).isEqualTo("abc…fgh");
    assertThat(Svg.shortened("abcdefgh", 6)).isEqualTo("ab…gh");
    assertThat(Svg.shortened("🙂🙂🙂🙂🙂", 5)).isEqualTo("🙂🙂🙂🙂🙂");
    assertThat(Svg.shortened("🙂🙃abc🙂🙃", 5)).isEqualTo("🙂🙃…🙂🙃");
  }

  /** Returns what was drawn on the ground. */
  private String drawn() {
    String document = svg.document(1, 1, "");
    String ground = "fill=\"#fff\"/>";
    return document.substring(
        document.indexOf(ground) + ground.length(), document.length() - "</svg>".length());
  }
}
