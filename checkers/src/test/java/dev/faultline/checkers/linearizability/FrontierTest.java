package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.linearizability.Configurations.Plain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A frontier keeps what no other configuration makes superfluous, and nothing else. */
class FrontierTest {

  private static final int STATES = 3;

  private final Configurations shape = new Configurations(4, 2, 1);
  private final Random random = new Random(1);

  @Test
  void keepsThoseThanWhichNoOtherIsAsGood() {
    for (int round = 0; round < 20; round++) {
      Frontier frontier = new Frontier(shape.layout, true);
      List<Plain> expected = new ArrayList<>();
      for (int i = 0; i < 150; i++) {
        Plain plain = shape.random(random, STATES);
        boolean isNew = expected.stream().noneMatch(other -> isAsGood(other, plain));
        assertThat(frontier.add(shape.packed(plain))).isEqualTo(isNew);
        if (isNew) {
          expected.removeIf(other -> isAsGood(plain, other));
          expected.add(plain);
        }
        assertThat(frontier.alive()).isEqualTo(expected.size());
      }
      assertThat(alive(frontier)).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void withoutDominanceKeepsAllThatDiffer() {
    Frontier frontier = new Frontier(shape.layout, false);
    Set<Plain> expected = new HashSet<>();
    for (int i = 0; i < 1_500; i++) {
      Plain plain = shape.random(random, STATES);
      assertThat(frontier.add(shape.packed(plain))).isEqualTo(expected.add(plain));
    }
    assertThat(frontier.size()).isEqualTo(frontier.alive()).isEqualTo(expected.size());
    assertThat(alive(frontier)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void whatIsJoinedCoversEverythingThatWasOffered() {
    for (int most = 1; most < 4; most++) {
      Frontier frontier = new Frontier(shape.layout, true);
      List<Plain> offered = new ArrayList<>();
      for (int i = 0; i < 120; i++) {
        Plain plain = shape.random(random, STATES);
        offered.add(plain);
        boolean isCovered = alive(frontier).stream().anyMatch(other -> isAsGood(other, plain));
        assertThat(frontier.addOrJoin(shape.packed(plain), most)).isEqualTo(!isCovered);
        List<Plain> kept = alive(frontier);
        for (int state = 0; state < STATES; state++) {
          int wanted = state;
          assertThat(kept.stream().filter(other -> other.state() == wanted).count())
              .isLessThanOrEqualTo(most);
        }
        assertThat(offered).allMatch(one -> kept.stream().anyMatch(cover -> isAsGood(cover, one)));
      }
      assertThat(frontier.isJoinFree()).isFalse();
    }
  }

  @Test
  void joinsWithTheNearest() {
    Frontier frontier = new Frontier(shape.layout, true);
    Plain far = new Plain(0, Set.of(0), Set.of(0, 1, 2, 3), List.of(2, 1));
    Plain near = new Plain(0, Set.of(1, 2), Set.of(1), List.of(0, 0));
    Plain added = new Plain(0, Set.of(1, 3), Set.of(0), List.of(0, 0));
    for (List<Plain> both : List.of(List.of(far, near), List.of(near, far))) {
      frontier.clear();
      assertThat(frontier.addOrJoin(shape.packed(both.getFirst()), 2)).isTrue();
      assertThat(frontier.addOrJoin(shape.packed(both.getLast()), 2)).isTrue();
      assertThat(frontier.isJoinFree()).isTrue();
      assertThat(frontier.addOrJoin(shape.packed(added), 2)).isTrue();
      assertThat(frontier.isJoinFree()).isFalse();
      assertThat(alive(frontier)).containsExactlyInAnyOrder(far, near.joined(added));
    }
  }

  @Test
  void otherStatesAreNotJoined() {
    Frontier frontier = new Frontier(shape.layout, true);
    for (int state = 0; state < 40; state++) {
      Plain plain = new Plain(state, Set.of(state % 4), Set.of(), List.of(0, 0));
      assertThat(frontier.addOrJoin(shape.packed(plain), 1)).isTrue();
    }
    assertThat(frontier.alive()).isEqualTo(40);
    assertThat(frontier.isJoinFree()).isTrue();
  }

  @Test
  void clearedItIsLikeNewAndGivesBackWhatACrowdTook() {
    Frontier fresh = new Frontier(shape.layout, true);
    assertThat(fresh.bytes()).isEqualTo(16L * shape.layout.stride * 8 + (16 + 32 + 32) * 4);
    Frontier frontier = new Frontier(shape.layout, false);
    for (int i = 0; i < 2_000; i++) {
      boolean _ = frontier.add(shape.packed(shape.random(random, STATES)));
    }
    long crowded = frontier.bytes();
    assertThat(crowded).isGreaterThan(frontier.size() * (shape.layout.stride * 8L + 4 * 4));
    frontier.clear();
    // One crowd often follows another, so the room is kept for a while.
    assertThat(frontier.bytes()).isEqualTo(crowded);
    assertThat(frontier.size()).isEqualTo(frontier.alive()).isZero();
    frontier.clear();
    assertThat(frontier.bytes()).isEqualTo(fresh.bytes());
    Plain plain = shape.random(random, STATES);
    assertThat(frontier.add(shape.packed(plain))).isTrue();
    assertThat(frontier.add(shape.packed(plain))).isFalse();
    assertThat(alive(frontier)).containsExactly(plain);
  }

  @Test
  void whatWasSupersededIsMarked() {
    Frontier frontier = new Frontier(shape.layout, true);
    Plain worse = new Plain(1, Set.of(), Set.of(2), List.of(0, 0));
    Plain better = new Plain(1, Set.of(3), Set.of(2), List.of(0, 0));
    assertThat(frontier.add(shape.packed(worse))).isTrue();
    assertThat(frontier.isAlive(0)).isTrue();
    assertThat(frontier.add(shape.packed(better))).isTrue();
    assertThat(frontier.isAlive(0)).isFalse();
    assertThat(frontier.isAlive(1)).isTrue();
    assertThat(frontier.size()).isEqualTo(2);
    assertThat(frontier.alive()).isEqualTo(1);
  }

  private List<Plain> alive(Frontier frontier) {
    List<Plain> alive = new ArrayList<>();
    long[] words = new long[shape.layout.stride];
    for (int i = 0; i < frontier.size(); i++) {
      if (frontier.isAlive(i)) {
        frontier.get(i, words);
        assertThat(words[0]).isEqualTo(frontier.words()[frontier.from(i)]);
        alive.add(shape.unpacked(words));
      }
    }
    return alive;
  }

  private static boolean isAsGood(Plain better, Plain worse) {
    return better.state() == worse.state() && better.isAsGood(worse);
  }
}
