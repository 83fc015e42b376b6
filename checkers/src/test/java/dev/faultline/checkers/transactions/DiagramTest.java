package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is drawn must be where it belongs, and nothing may hide anything else. */
class DiagramTest {

  private static final double SLACK = 0.2;
  private static final Offset<Double> ROUNDING = within(SLACK);
  private static final int LINE_HEIGHT = 12;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"2, 2", "3, 4", "5, 7", "8, 2", "12, 16"})
  void arrowsJoinTheirMicroOperationsAndCrossNoBox(int transactions, int operations)
      throws IOException {
    Drawing drawing = new Drawing(only(check(ring(transactions, operations, "k"))).svg());
    assertThat(drawing.arrows()).hasSize(transactions);
    for (int i = 0; i < transactions; i++) {
      Drawing.Arrow arrow = drawing.arrows().get(i);
      int next = (i + 1) % transactions;
      // From a read to the append that it did not see.
      Drawing.Box read = drawing.boxOf("[r k%d []]".formatted(next));
      Drawing.Box append = drawing.boxOf("[append k%d 1]".formatted(next));
      assertThat(arrow.fromX()).isEqualTo(read.middle(), ROUNDING);
      assertThat(arrow.fromY()).isEqualTo(read.bottom(), ROUNDING);
      assertThat(arrow.toX()).isEqualTo(append.middle(), ROUNDING);
      assertThat(arrow.toY()).isEqualTo(append.top(), ROUNDING);
      assertThat(drawing.boxes()).noneMatch(box -> crosses(arrow.corners(), box));
    }
    for (Drawing.Text text : drawing.texts()) {
      assertThat(drawing.texts())
          .filteredOn(other -> !other.equals(text))
          .allMatch(other -> areApart(text, other));
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "3, 4", "12, 16"})
  void isAsLargeAsWhatIsDrawn(int transactions, int operations) throws IOException {
    Drawing drawing = new Drawing(only(check(ring(transactions, operations, "k"))).svg());
    double right = drawing.texts().stream().mapToDouble(Drawing.Text::right).max().orElseThrow();
    assertThat(drawing.width()).isEqualTo(right + 16, within(1.0));
    Drawing.Box last = drawing.frames().getLast();
    assertThat(drawing.height()).isEqualTo(last.bottom() + 54, within(1.0));
    assertThat(drawing.texts()).allMatch(text -> text.left() >= 0 && text.line() > 0);
    for (Drawing.Arrow arrow : drawing.arrows()) {
      for (int i = 0; i < arrow.corners().size(); i += 2) {
        assertThat(arrow.corners().get(i)).isBetween(1.0, drawing.width() - 1);
        assertThat(arrow.corners().get(i + 1)).isBetween(1.0, drawing.height() - 1);
      }
    }
  }

  @Test
  void eachTransactionIsARowInTheOrderOfTheCycle() throws IOException {
    Drawing drawing = new Drawing(only(check(ring(3, 3, "k"))).svg());
    assertThat(drawing.words().getFirst()).isEqualTo("G2-item");
    assertThat(drawing.frames()).hasSize(3);
    for (int i = 0; i < 3; i++) {
      Drawing.Box frame = drawing.frames().get(i);
      Drawing.Text name = drawing.text("T" + (i + 1));
      assertThat(name.line()).isBetween(frame.top(), frame.bottom());
      assertThat(frame.top()).isEqualTo(44 + i * 78.0, ROUNDING);
      String own = "[append k%d 1]".formatted(i);
      assertThat(frame.holds(drawing.boxOf(own))).as(own).isTrue();
      assertThat(drawing.boxOf(own).stroke()).as("touched by an arrow").isEqualTo("#222");
      assertThat(drawing.boxOf("[append k%d-2 1]".formatted(i)).stroke()).isEqualTo("#ccc");
    }
  }

  @Test
  void reasonsStandBesideTheirArrows() throws IOException {
    Drawing drawing = new Drawing(only(check(ring(2, 2, "k"))).svg());
    Drawing.Text first =
        drawing.text(
            "rw: T1 read the initial state of k1, and did not see that T2 appended 1 to k1");
    Drawing.Text last =
        drawing.text(
            "rw: T2 read the initial state of k0, and did not see that T1 appended 1 to k0");
    assertReasonBeside(drawing, first, 0);
    assertReasonBeside(drawing, last, 1);
  }

  /** Where all arrows go to the right, the last one's reason stands beside its beginning. */
  @Test
  void theLastReasonStandsWhereItsArrowBegins() throws IOException {
    List<List<List<Json>>> ring = ring(2, 2, "k");
    ring.replaceAll(List::reversed);
    Drawing drawing = new Drawing(only(check(ring)).svg());
    Drawing.Arrow closing = drawing.arrows().getLast();
    assertThat(closing.toX()).isGreaterThan(closing.fromX());
    for (int place = 0; place < 2; place++) {
      Drawing.Text reason = drawing.texts().get(drawing.texts().size() - 2 + place);
      assertThat(reason.words()).startsWith("rw: T" + (place + 1));
      assertReasonBeside(drawing, reason, place);
    }
  }

  private static void assertReasonBeside(Drawing drawing, Drawing.Text reason, int place) {
    Drawing.Arrow arrow = drawing.arrows().get(place);
    double below = drawing.frames().get(place).bottom() + 20;
    boolean closes = place == drawing.frames().size() - 1;
    assertThat(reason.line()).isEqualTo(below + 4, ROUNDING);
    assertThat(reason.left())
        .isEqualTo((closes ? arrow.fromX() : Math.max(arrow.fromX(), arrow.toX())) + 8, ROUNDING);
    assertThat(reason.colour()).isEqualTo(arrow.colour());
  }

  /** The last arrow goes around all rows, left of their names. */
  @Test
  void theLastArrowClosesTheCycleOnTheLeft() throws IOException {
    Drawing drawing = new Drawing(only(check(ring(3, 2, "k"))).svg());
    Drawing.Arrow closing = drawing.arrows().getLast();
    double names = drawing.text("T1").left();
    assertThat(closing.corners()).contains(14.0);
    assertThat(14.0).isLessThan(names);
    assertThat(closing.corners()).contains(32.0);
    assertThat(32.0).isBetween(drawing.text("G2-item").line(), drawing.frames().getFirst().top());
  }

  @Test
  void everyKindOfArrowHasOneHeadOfItsColour() throws IOException {
    Drawing drawing = new Drawing(only(check(ring(3, 2, "k"))).svg());
    assertThat(drawing.heads()).containsOnlyKeys("arrow-rw");
    assertThat(drawing.arrows())
        .allMatch(arrow -> arrow.colour().equals(drawing.heads().get(arrow.head())));
    Drawing stale = new Drawing(only(staleRead()).svg());
    assertThat(stale.heads().keySet()).containsExactlyInAnyOrder("arrow-rw", "arrow-realtime");
    assertThat(stale.heads().values()).doesNotHaveDuplicates();
    assertThat(stale.arrows())
        .allMatch(arrow -> arrow.colour().equals(stale.heads().get(arrow.head())));
  }

  @Test
  void theOrderOfRealTimeGoesFromRowToRow() throws IOException {
    Drawing drawing = new Drawing(only(staleRead()).svg());
    Drawing.Arrow realTime = drawing.arrows().getLast();
    Drawing.Box from = drawing.frames().getLast();
    Drawing.Box to = drawing.frames().getFirst();
    assertThat(realTime.head()).isEqualTo("arrow-realtime");
    assertThat(realTime.fromX()).isEqualTo(from.right(), ROUNDING);
    assertThat(realTime.fromY()).isEqualTo(from.bottom(), ROUNDING);
    assertThat(realTime.toX()).isEqualTo(to.left(), ROUNDING);
    assertThat(realTime.toY()).isEqualTo(to.top(), ROUNDING);
    assertThat(drawing.boxOf("[append x 1]").stroke()).isEqualTo("#222");
    assertThat(drawing.boxOf("[r x []]").stroke()).isEqualTo("#222");
    assertThat(drawing.boxOf("[append y 7]").stroke()).as("of no concern").isEqualTo("#ccc");
  }

  @Test
  void theSameHistoryIsDrawnTheSame() throws IOException {
    List<List<List<Json>>> history = ring(5, 3, "k");
    assertThat(Diagram.of(check(history))).isEqualTo(Diagram.of(check(history)));
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
    assertThat(drawing.width()).isLessThan(1500);
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

  /** A read that misses what had been appended, and something else beside it. */
  private CheckResult staleRead() throws IOException {
    String text =
        """
        {"process":0,"type":"invoke","f":"txn","value":[["append","x",1],["append","y",7]]}
        {"process":0,"type":"ok","f":"txn","value":[["append","x",1],["append","y",7]]}
        {"process":1,"type":"invoke","f":"txn","value":[["r","x",null]]}
        {"process":1,"type":"ok","f":"txn","value":[["r","x",[]]]}
        """;
    return new TransactionChecker(Workload.APPEND, TransactionOptions.standard())
        .check(Files.writeString(directory.resolve("stale.ndjson"), text), Budget.standard());
  }

  private static boolean areApart(Drawing.Text one, Drawing.Text other) {
    return Math.abs(one.line() - other.line()) >= LINE_HEIGHT
        || one.right() <= other.left()
        || other.right() <= one.left();
  }

  /** Tells whether a right-angled line goes through the inside of a box. */
  private static boolean crosses(List<Double> line, Drawing.Box box) {
    for (int i = 0; i + 3 < line.size(); i += 2) {
      double left = Math.min(line.get(i), line.get(i + 2));
      double right = Math.max(line.get(i), line.get(i + 2));
      double top = Math.min(line.get(i + 1), line.get(i + 3));
      double bottom = Math.max(line.get(i + 1), line.get(i + 3));
      if (left + SLACK < box.right()
          && right - SLACK > box.left()
          && top + SLACK < box.bottom()
          && bottom - SLACK > box.top()) {
        return true;
      }
    }
    return false;
  }
}
