package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Configurations share the steps that led to them. */
class TrailTest {

  private final Trail trail = new Trail();

  @Test
  void aTrailIsReadFromItsFirstStep() {
    int first = trail.add(Trail.START, 7, 2);
    int left = trail.add(first, 8, 3);
    int right = trail.add(first, Trail.memberOf(4), 5);
    int last = trail.add(right, 9, 6);
    assertThat(trail.steps(Trail.START)).isEmpty();
    assertThat(placed(left)).containsExactly(7, 8);
    assertThat(placed(last)).containsExactly(7, -5, 9);
    assertThat(Arrays.stream(trail.steps(last)).map(trail::position)).containsExactly(2, 5, 6);
  }

  @Test
  void itGrows() {
    assertThat(trail.bytes()).isEqualTo(1024 * 3 * 4);
    int last = Trail.START;
    for (int i = 0; i < 3_000; i++) {
      last = trail.add(last, i, 10 * i);
    }
    assertThat(trail.bytes()).isEqualTo(4096 * 3 * 4);
    int[] steps = trail.steps(last);
    assertThat(steps).hasSize(3_000);
    for (int i = 0; i < steps.length; i++) {
      assertThat(trail.placed(steps[i])).isEqualTo(i);
      assertThat(trail.position(steps[i])).isEqualTo(10 * i);
    }
  }

  private int[] placed(int last) {
    return Arrays.stream(trail.steps(last)).map(trail::placed).toArray();
  }
}
