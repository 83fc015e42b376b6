package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** How a transaction is laid out as a row. */
class DiagramRowTest {

  private static final double LEFT = 30;
  private static final double TOP = 100;
  private static final Offset<Double> ROUNDING = within(0.11);

  @Test
  void everyMicroOperationHasABoxBesideTheOneBefore() {
    Drawing drawing = draw(row("append x 1; r y []; append z 2", Set.of(1)));
    assertThat(drawing.words())
        .containsExactly(
            "T3", "process 7, #2, 0.000 s – 0.000 s", "[append x 1]", "[r y []]", "[append z 2]");
    assertThat(drawing.frames()).hasSize(1);
    Drawing.Box frame = drawing.frames().getFirst();
    assertThat(frame.left()).isEqualTo(LEFT + 28, ROUNDING);
    assertThat(frame.top()).isEqualTo(TOP, ROUNDING);
    double end = frame.left();
    for (Drawing.Box box : drawing.boxes()) {
      assertThat(box.left()).isEqualTo(end + 8, ROUNDING);
      assertThat(box.top()).isEqualTo(TOP + 6, ROUNDING);
      assertThat(frame.holds(box)).isTrue();
      end = box.right();
    }
    assertThat(frame.right()).isEqualTo(end + 8, ROUNDING);
    for (String words : List.of("[append x 1]", "[r y []]", "[append z 2]")) {
      Drawing.Box box = drawing.boxOf(words);
      assertThat(box.left() + box.right())
          .as("a text in the middle of its box")
          .isEqualTo(drawing.text(words).left() + drawing.text(words).right(), within(0.25));
    }
  }

  @Test
  void nameAndCircumstancesStandOnBothSidesOfTheFrame() {
    DiagramRow row = row("append x 1", Set.of());
    Drawing drawing = draw(row);
    Drawing.Box frame = drawing.frames().getFirst();
    Drawing.Text name = drawing.text("T3");
    Drawing.Text circumstances = drawing.text("process 7, #2, 0.000 s – 0.000 s");
    assertThat(name.left()).isEqualTo(LEFT, ROUNDING);
    assertThat(name.right()).isLessThan(frame.left());
    assertThat(circumstances.left()).isEqualTo(frame.right() + 8, ROUNDING);
    assertThat(circumstances.right()).isEqualTo(row.reach(), ROUNDING);
    assertThat(drawing.texts()).extracting(Drawing.Text::line).containsOnly(TOP + 6 + 17);
  }

  @Test
  void arrowsFindTheEdges() {
    DiagramRow row = row("append x 1; r y []", Set.of(1));
    Drawing drawing = draw(row);
    Drawing.Box frame = drawing.frames().getFirst();
    Drawing.Box box = drawing.boxOf("[r y []]");
    assertThat(row.left()).isEqualTo(frame.left(), ROUNDING);
    assertThat(row.right()).isEqualTo(frame.right(), ROUNDING);
    assertThat(row.top()).isEqualTo(frame.top(), ROUNDING);
    assertThat(row.bottom()).isEqualTo(frame.bottom(), ROUNDING);
    assertThat(row.boxTop()).isEqualTo(box.top(), ROUNDING);
    assertThat(row.boxBottom()).isEqualTo(box.bottom(), ROUNDING);
    assertThat(row.middle(2)).isEqualTo(box.middle(), ROUNDING);
    assertThatThrownBy(() -> row.middle(3)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatArrowsTouchStandsOut() {
    Drawing drawing = draw(row("append x 1; r y []", Set.of(1)));
    Drawing.Box touched = drawing.boxOf("[r y []]");
    Drawing.Box other = drawing.boxOf("[append x 1]");
    assertThat(touched.stroke()).isEqualTo("#222");
    assertThat(touched.fill()).isEqualTo("#fff");
    assertThat(drawing.text("[r y []]").colour()).isEqualTo("#000");
    assertThat(other.stroke()).isEqualTo("#ccc");
    assertThat(other.fill()).isEqualTo("#f1f1ec");
    assertThat(drawing.text("[append x 1]").colour()).isEqualTo("#777");
  }

  @Test
  void sixMicroOperationsAreAllShown() {
    assertThat(operations(appends(6), Set.of()))
        .containsExactly(
            "[append x 0]",
            "[append x 1]",
            "[append x 2]",
            "[append x 3]",
            "[append x 4]",
            "[append x 5]");
  }

  @Test
  void ofMoreThoseThatNoArrowTouchesAreFolded() {
    assertThat(operations(appends(7), Set.of(3))).containsExactly("+3", "[append x 3]", "+3");
    assertThat(operations(appends(7), Set.of(0, 6)))
        .containsExactly("[append x 0]", "+5", "[append x 6]");
    assertThat(operations(appends(7), Set.of(1, 4)))
        .as("one alone needs no folding")
        .containsExactly("[append x 0]", "[append x 1]", "+2", "[append x 4]", "+2");
    assertThat(operations(appends(7), Set.of(5)))
        .containsExactly("+5", "[append x 5]", "[append x 6]");
    assertThat(operations(appends(7), Set.of(0, 1, 2, 3, 4, 5, 6))).hasSize(7);
  }

  @Test
  void whatIsFoldedShowsOnHover() {
    Drawing.Text folded = draw(row(appends(7), Set.of(3, 4, 5, 6))).text("+3");
    assertThat(folded.whole()).isEqualTo("[append x 0] [append x 1] [append x 2]");
    assertThat(folded.colour()).isEqualTo("#777");
  }

  @Test
  void ofALongListTheEndIsShownAndMoreOnHover() {
    String elements =
        IntStream.range(0, 9).mapToObj(String::valueOf).collect(Collectors.joining(","));
    Drawing.Text read = draw(row("r x [" + elements + "]", Set.of())).texts().get(2);
    assertThat(read.words()).isEqualTo("[r x [… 1 2 3 4 5 6 7 8]]");
    assertThat(read.whole()).isEqualTo("[r x [0 1 2 3 4 5 6 7 8]]");
  }

  @Test
  void aLongKeyIsCutInTheMiddleAndWholeOnHover() {
    Drawing.Text append = draw(row("append " + "k".repeat(50) + " 1", Set.of())).texts().get(2);
    assertThat(append.words())
        .isEqualTo("[append " + "k".repeat(13) + "…" + "k".repeat(18) + " 1]");
    assertThat(append.whole()).isEqualTo("[append " + "k".repeat(50) + " 1]");
  }

  @Test
  void aTransactionWithoutMicroOperationsIsAnEmptyFrame() {
    Transactions transactions = new Transactions(Workload.APPEND);
    transactions.begin(0, 0, 1, Outcome.OK);
    Drawing drawing = draw(new DiagramRow(transactions, 0, 0, Set.of(), LEFT, TOP));
    assertThat(drawing.boxes()).isEmpty();
    assertThat(drawing.frames().getFirst().width()).isEqualTo(8, ROUNDING);
  }

  private static List<String> operations(String transaction, Set<Integer> concerned) {
    List<String> words = draw(row(transaction, concerned)).words();
    return words.subList(2, words.size());
  }

  private static String appends(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "append x " + i)
        .collect(Collectors.joining("; "));
  }

  /** Returns the third row of a cycle; {@code concerned} are counted within its transaction. */
  private static DiagramRow row(String transaction, Set<Integer> concerned) {
    Transactions transactions =
        Txns.lists("0 ok append w 1").then("7 ok " + transaction).transactions();
    Set<Integer> operations = concerned.stream().map(i -> i + 1).collect(Collectors.toSet());
    return new DiagramRow(transactions, 1, 2, operations, LEFT, TOP);
  }

  private static Drawing draw(DiagramRow row) {
    Svg svg = new Svg();
    row.draw(svg);
    return new Drawing(svg.document(1000, 1000, ""));
  }
}
