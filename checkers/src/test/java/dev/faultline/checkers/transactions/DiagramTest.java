package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is drawn must be where it belongs, and nothing may hide anything else. */
class DiagramTest {

  private static final double ROUNDING = 0.2;
  private static final int LINE_HEIGHT = 12;
  private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+");

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"2, 2", "3, 4", "5, 7", "8, 2", "12, 16"})
  void arrowsJoinTheirMicroOperationsAndCrossNoBox(int transactions, int operations)
      throws IOException {
    Drawing drawing = new Drawing(only(check(ring(transactions, operations, "k"))).svg());
    assertThat(drawing.arrows).hasSize(transactions);
    for (double[] arrow : drawing.arrows) {
      // From a read to the append that it did not see.
      assertThat(drawing.textOfBoxWithLowerEdge(arrow[0], arrow[1])).startsWith("[r ");
      assertThat(drawing.textOfBoxWithUpperEdge(arrow[arrow.length - 2], arrow[arrow.length - 1]))
          .startsWith("[append ");
      for (double[] box : drawing.boxes) {
        assertThat(crosses(arrow, box)).isFalse();
      }
    }
    for (int i = 0; i < drawing.texts.size(); i++) {
      double[] text = drawing.texts.get(i);
      assertThat(text[0] + text[2]).isLessThanOrEqualTo(drawing.width);
      assertThat(text[1]).isLessThanOrEqualTo(drawing.height);
      for (double[] other : drawing.texts.subList(0, i)) {
        boolean apart =
            Math.abs(text[1] - other[1]) >= LINE_HEIGHT
                || text[0] + text[2] <= other[0]
                || other[0] + other[2] <= text[0];
        assertThat(apart).isTrue();
      }
    }
  }

  /** The library's own parser of XML is a module that people need not have. */
  @ParameterizedTest
  @ValueSource(strings = {"<k>&amp;\"'", "key\u0001with\u0000controls", "\ud83d", "äöü 🙂 漢字"})
  void anyKeyMakesWellFormedXml(String key) throws IOException {
    String svg = only(check(ring(2, 2, key))).svg();
    assertThat(svg.chars().filter(c -> c < ' ' || c == 0xFFFE || c == 0xFFFF)).isEmpty();
    assertThat(svg.replaceAll("<[a-z]+( [a-zA-Z:-]+=\"[^\"<]*\")*/?>|</[a-z]+>", ""))
        .doesNotContain("<", ">")
        .doesNotContainPattern("&(?!(amp|lt|gt);)");
  }

  @Test
  void saysMuchInLittleSpaceAndAllOfItOnHover() throws IOException {
    String key = "x".repeat(300);
    CheckResult result = check(ring(2, 2, key));
    Drawing drawing = new Drawing(only(result).svg());
    assertThat(drawing.width).isLessThan(1500);
    assertThat(only(result).svg()).contains("<title>[append " + key);
  }

  @Test
  void aResultThatWasStoredHasItsPictures() throws IOException {
    CheckResult result = check(ring(3, 2, "k"));
    assertThat(Diagram.of(result.details())).isEqualTo(Diagram.of(result));
    assertThat(only(result).name()).isEqualTo("G2-item-1");
    assertThat(only(result).claim()).isEqualTo(result.findings().getFirst().claim());
  }

  /** Each transaction appends to one list and finds the next one's empty: a ring of them. */
  private static List<List<List<Json>>> ring(int transactions, int operations, String key) {
    List<List<List<Json>>> ring = new ArrayList<>();
    for (int t = 0; t < transactions; t++) {
      List<List<Json>> each = new ArrayList<>();
      each.add(operation("append", key + t, Json.of(1)));
      for (int i = 2; i < operations; i++) {
        each.add(operation("append", key + t + "-" + i, Json.of(1)));
      }
      each.add(operation("r", key + (t + 1) % transactions, new Json.Array(List.of())));
      ring.add(each);
    }
    ring.add(
        IntStream.range(0, transactions)
            .mapToObj(t -> operation("r", key + t, new Json.Array(List.of(Json.of(1)))))
            .toList());
    return ring;
  }

  private static List<Json> operation(String f, String key, Json value) {
    return List.of(Json.of(f), Json.of(key), value);
  }

  private CheckResult check(List<List<List<Json>>> transactions) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String type : List.of("invoke", "ok")) {
      for (int t = 0; t < transactions.size(); t++) {
        List<Json> operations = new ArrayList<>();
        for (List<Json> each : transactions.get(t)) {
          boolean isAsked = type.equals("invoke") && each.getFirst().equals(Json.of("r"));
          operations.add(
              new Json.Array(List.of(each.get(0), each.get(1), isAsked ? Json.NULL : each.get(2))));
        }
        text.append("{\"process\":").append(t).append(",\"type\":\"").append(type);
        text.append("\",\"f\":\"txn\",\"value\":");
        text.append(JsonWriter.toString(new Json.Array(operations))).append("}\n");
      }
    }
    Path file = Files.writeString(directory.resolve("history.ndjson"), text);
    return new TransactionChecker(Workload.APPEND, TransactionOptions.standard())
        .check(file, Budget.standard());
  }

  private static Diagram only(CheckResult result) {
    assertThat(Diagram.of(result)).hasSize(1);
    return Diagram.of(result).getFirst();
  }

  /** Tells whether a right-angled line goes through the inside of a box. */
  private static boolean crosses(double[] line, double[] box) {
    for (int i = 0; i + 3 < line.length; i += 2) {
      double left = Math.min(line[i], line[i + 2]);
      double right = Math.max(line[i], line[i + 2]);
      double top = Math.min(line[i + 1], line[i + 3]);
      double bottom = Math.max(line[i + 1], line[i + 3]);
      if (left + ROUNDING < box[0] + box[2]
          && right - ROUNDING > box[0]
          && top + ROUNDING < box[1] + box[3]
          && bottom - ROUNDING > box[1]) {
        return true;
      }
    }
    return false;
  }

  /** What stands in an SVG document: x, y, width, height of boxes; x, y, width of texts. */
  private static final class Drawing {
    final double width;
    final double height;
    final List<double[]> boxes = new ArrayList<>();
    final List<double[]> texts = new ArrayList<>();
    final List<String> words = new ArrayList<>();
    final List<double[]> arrows = new ArrayList<>();

    Drawing(String svg) {
      double[] size = numbers(svg.substring(svg.indexOf("viewBox"), svg.indexOf(" role")));
      width = size[2];
      height = size[3];
      // Boxes of micro-operations; the frames around them are higher, and arrows do cross those.
      each(svg, "<rect (x=[^>]* height=\"26.0\") rx=", found -> boxes.add(numbers(found.group(1))));
      each(
          svg,
          "<text (x=\"[^\"]*\" y=\"[^\"]*\") fill[^>]*(textLength=\"[^\"]*\")[^>]*>"
              + "(?:<title>[^<]*</title>)?([^<]*)<",
          found -> {
            texts.add(numbers(found.group(1) + " " + found.group(2)));
            words.add(found.group(3));
          });
      each(
          svg, "<path d=\"(M[^\"]*)\" fill=\"none\"", found -> arrows.add(numbers(found.group(1))));
    }

    private static void each(String text, String pattern, Consumer<Matcher> found) {
      Matcher matcher = Pattern.compile(pattern).matcher(text);
      while (matcher.find()) {
        found.accept(matcher);
      }
    }

    private static double[] numbers(String text) {
      return NUMBER
          .matcher(text)
          .results()
          .mapToDouble(n -> Double.parseDouble(n.group()))
          .toArray();
    }

    String textOfBoxWithLowerEdge(double x, double y) {
      return textAt(x, y, box -> box[1] + box[3]);
    }

    String textOfBoxWithUpperEdge(double x, double y) {
      return textAt(x, y, box -> box[1]);
    }

    private String textAt(double x, double y, ToDoubleFunction<double[]> edge) {
      for (double[] box : boxes) {
        boolean touches =
            Math.abs(edge.applyAsDouble(box) - y) < ROUNDING
                && Math.abs(box[0] + box[2] / 2 - x) < ROUNDING;
        for (int i = 0; touches && i < texts.size(); i++) {
          double[] text = texts.get(i);
          if (text[0] > box[0]
              && text[0] < box[0] + box[2]
              && text[1] > box[1]
              && text[1] < box[1] + box[3]) {
            return words.get(i);
          }
        }
      }
      return "";
    }
  }
}
