package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Script;
import dev.faultline.checkers.linearizability.Configurations.Plain;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Configurations packed in words behave like the sets and counts that they stand for. */
class LayoutTest {

  private static final int PAIRS = 400;

  /** Shapes within one word, at its edge and over several. */
  static List<Configurations> shapes() {
    return List.of(
        new Configurations(3),
        new Configurations(64, 1),
        new Configurations(65, 5, 1, 2),
        new Configurations(2, ofSizeOne(32)),
        new Configurations(2, ofSizeOne(33)),
        new Configurations(1, 7, 8, 100, 3, 1_000, 1, 60, 500, 2, 30, 700, 9));
  }

  @Test
  void thereIsABitForEachSlotAndAFieldForEachClass() {
    assertWords(new Configurations(0, 1), 1, 4);
    assertWords(new Configurations(3), 1, 3);
    assertWords(new Configurations(64), 1, 3);
    assertWords(new Configurations(65), 2, 5);
    assertWords(new Configurations(128, 1), 2, 6);
    // A class of one takes two bits: one to count and one to guard.
    assertWords(new Configurations(1, ofSizeOne(32)), 1, 4);
    assertWords(new Configurations(1, ofSizeOne(33)), 1, 5);
    assertWords(new Configurations(1, ofSizeOne(65)), 1, 6);
  }

  @Test
  void aTrailTakesOneWordMoreWhichMakesNoDifference() {
    Timeline timeline = new Timeline(OneKey.encoded(new Script().did(0, "write", "1")), true);
    Layout layout = new Layout(timeline, true);
    assertThat(layout.stride).isEqualTo(layout.width + 1);
    long[] one = new long[layout.stride];
    long[] other = one.clone();
    other[layout.width] = 17;
    assertThat(layout.isSame(one, 0, other, 0)).isTrue();
    assertThat(layout.distance(one, 0, other)).isZero();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void whatIsPackedCanBeReadAgain(Configurations shape) {
    Random random = new Random(1);
    for (int i = 0; i < PAIRS; i++) {
      Plain plain = shape.random(random, 5);
      assertThat(shape.unpacked(shape.packed(plain))).isEqualTo(plain);
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void oneIsAsGoodIfItMayUseAllMustUseNoMoreAndUsedNoMore(Configurations shape) {
    Random random = new Random(2);
    int good = 0;
    for (int i = 0; i < PAIRS; i++) {
      Plain one = shape.random(random, 1);
      Plain other =
          shape.neighbour(random.nextInt(3) == 0 ? shape.neighbour(one, random) : one, random);
      boolean expected = one.isAsGood(other);
      good += expected ? 1 : 0;
      assertThat(shape.layout.isAsGood(moved(shape.packed(one), 3), 3, shape.packed(other), 0))
          .as(() -> one + " and " + other)
          .isEqualTo(expected);
      assertThat(shape.layout.isAsGood(shape.packed(one), 0, moved(shape.packed(other), 2), 2))
          .isEqualTo(expected);
    }
    assertThat(good).isBetween(PAIRS / 5, PAIRS * 4 / 5);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void twoAreTheSameIfAllButTheStateIs(Configurations shape) {
    Random random = new Random(3);
    for (int i = 0; i < PAIRS; i++) {
      Plain one = shape.random(random, 1);
      Plain other = shape.neighbour(one, random);
      long[] elsewhere = shape.packed(one);
      elsewhere[0]++;
      assertThat(shape.layout.isSame(shape.packed(one), 0, moved(elsewhere, 1), 1)).isTrue();
      assertThat(shape.layout.isSame(moved(shape.packed(one), 4), 4, shape.packed(other), 0))
          .isEqualTo(one.equals(other));
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void joinedTheyAreAsGoodAsBothAndNoBetter(Configurations shape) {
    Random random = new Random(4);
    for (int i = 0; i < PAIRS; i++) {
      Plain one = shape.random(random, 1);
      Plain other = shape.random(random, 1);
      long[] joined = moved(shape.packed(one), 5);
      shape.layout.join(joined, 5, shape.packed(other));
      assertThat(shape.unpacked(Arrays.copyOfRange(joined, 5, joined.length)))
          .isEqualTo(one.joined(other));
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void theyAreAsFarApartAsBitsDiffer(Configurations shape) {
    Random random = new Random(5);
    for (int i = 0; i < PAIRS; i++) {
      Plain one = shape.random(random, 1);
      Plain other = shape.random(random, 1);
      int expected = differing(one.may(), other.may()) + differing(one.must(), other.must());
      for (int c = 0; c < one.used().size(); c++) {
        expected += Integer.bitCount(one.used().get(c) ^ other.used().get(c));
      }
      assertThat(shape.layout.distance(moved(shape.packed(one), 6), 6, shape.packed(other)))
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void whatIsOwedAndWhatIsSpentOfFewIsABurden(Configurations shape) {
    Random random = new Random(6);
    InFlight inFlight = new InFlight(shape.timeline, shape.layout.slotWords);
    inFlight.moveTo(shape.timeline.size());
    for (int i = 0; i < PAIRS; i++) {
      Plain plain = shape.random(random, 1);
      int expected = 32 * plain.must().size() - 16 * plain.may().size();
      for (int c = 0; c < plain.used().size(); c++) {
        expected += 4096 / (1 + shape.timeline.classSizes[c] - plain.used().get(c));
      }
      assertThat(shape.layout.burden(moved(shape.packed(plain), 2), 2, inFlight))
          .isEqualTo(expected);
    }
  }

  private static void assertWords(Configurations shape, int slotWords, int width) {
    assertThat(shape.layout.slotWords).isEqualTo(slotWords);
    assertThat(shape.layout.may).isEqualTo(1);
    assertThat(shape.layout.must).isEqualTo(1 + slotWords);
    assertThat(shape.layout.counts).isEqualTo(1 + 2 * slotWords);
    assertThat(shape.layout.width).isEqualTo(width);
    assertThat(shape.layout.stride).isEqualTo(width);
  }

  private static int[] ofSizeOne(int classes) {
    int[] sizes = new int[classes];
    Arrays.fill(sizes, 1);
    return sizes;
  }

  /** The same words further on in an array, after some that must not be looked at. */
  private static long[] moved(long[] words, int by) {
    long[] moved = new long[by + words.length];
    Arrays.fill(moved, 0, by, 0x5555_5555_5555_5555L);
    System.arraycopy(words, 0, moved, by, words.length);
    return moved;
  }

  private static int differing(Set<Integer> one, Set<Integer> other) {
    return (int)
        (one.stream().filter(slot -> !other.contains(slot)).count()
            + other.stream().filter(slot -> !one.contains(slot)).count());
  }
}
