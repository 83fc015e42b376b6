package dev.faultline.workloads.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ThreadSetTest {

  @Test
  void behavesLikeABitSet() {
    SplittableRandom random = new SplittableRandom(1);
    ThreadSet set = ThreadSet.empty();
    BitSet oracle = new BitSet();
    for (int step = 0; step < 5_000; step++) {
      int thread = random.nextInt(200);
      boolean add = random.nextBoolean();
      set = add ? set.with(thread) : set.without(thread);
      oracle.set(thread, add);
      assertThat(set.size()).isEqualTo(oracle.cardinality());
      assertThat(set.contains(thread)).isEqualTo(add);
      assertThat(set.next(thread)).isEqualTo(oracle.nextSetBit(thread));
    }
    int rank = 0;
    for (int thread = oracle.nextSetBit(0); thread >= 0; thread = oracle.nextSetBit(thread + 1)) {
      assertThat(set.get(rank++)).isEqualTo(thread);
    }
  }

  @Test
  void equalityDoesNotDependOnHowASetCameToBe() {
    ThreadSet grown = ThreadSet.of(3).with(100).without(100);
    assertThat(grown).isEqualTo(ThreadSet.of(3)).hasSameHashCodeAs(ThreadSet.of(3));
    assertThat(grown).isNotEqualTo(ThreadSet.of(4));
    assertThat(ThreadSet.of(100)).isNotEqualTo(ThreadSet.of(3));
  }

  @Test
  void intersectionsAndSlices() {
    ThreadSet set = ThreadSet.range(60, 70);
    assertThat(set.and(ThreadSet.range(0, 62))).isEqualTo(ThreadSet.range(60, 62));
    assertThat(set.intersects(ThreadSet.of(69))).isTrue();
    assertThat(set.intersects(ThreadSet.of(70))).isFalse();
    assertThat(set.slice(2, 5)).isEqualTo(ThreadSet.range(62, 65));
    assertThat(set.matching(thread -> thread % 2 == 0)).hasToString("{60, 62, 64, 66, 68}");
  }

  @Test
  void anyIsFair() {
    ThreadSet set = ThreadSet.of(1).with(64).with(130);
    SplittableRandom random = new SplittableRandom(2);
    int[] seen = new int[131];
    for (int i = 0; i < 3_000; i++) {
      seen[set.any(random)]++;
    }
    assertThat(seen[1]).isBetween(900, 1_100);
    assertThat(seen[64]).isBetween(900, 1_100);
    assertThat(seen[130]).isBetween(900, 1_100);
  }

  @Test
  void refusesWhatIsNotThere() {
    assertThatThrownBy(() -> ThreadSet.empty().get(0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> ThreadSet.range(3, 2)).isInstanceOf(IllegalArgumentException.class);
  }
}
