package dev.faultline.results.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.results.compare.Spans.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpansTest {

  /** Compares with a line of moments, each of which is covered or not. */
  @Test
  void agreesWithMarkingEveryMoment() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      List<Span> spans = new ArrayList<>();
      boolean[] covered = new boolean[64];
      boolean[] coveredUntilNext = new boolean[64];
      for (int i = random.nextInt(6); i > 0; i--) {
        int from = random.nextInt(60);
        int to = from + random.nextInt(60 - from);
        spans.add(new Span(from, to));
        for (int t = from; t <= to; t++) {
          covered[t] = true;
          coveredUntilNext[t] |= t < to;
        }
      }
      Spans union = Spans.of(spans);
      int from = random.nextInt(60);
      int to = from + random.nextInt(60 - from);
      boolean touched = false;
      long length = 0;
      for (int t = from; t <= to; t++) {
        touched |= covered[t];
        length += t < to && coveredUntilNext[t] ? 1 : 0;
        assertThat(union.contains(t)).as("seed %s, moment %s", seed, t).isEqualTo(covered[t]);
      }
      assertThat(union.overlaps(from, to)).as("seed %s", seed).isEqualTo(touched);
      assertThat(union.coveredNanos(from, to)).as("seed %s", seed).isEqualTo(length);
    }
  }

  @Test
  void aSpanCannotEndBeforeItBegins() {
    assertThatThrownBy(() -> new Span(2, 1)).hasMessage("a span ends at 1 before 2");
  }
}
