package dev.faultline.harness.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerHeapTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void agreesWithASortedListWhateverIsAddedAndCancelled(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    TimerHeap heap = new TimerHeap();
    List<TimerHeap.Entry> oracle = new ArrayList<>(); // in the order of adding
    for (int step = 0; step < 3_000; step++) {
      switch (random.nextInt(4)) {
        case 0, 1 -> oracle.add(heap.add(random.nextLong(500), () -> {}));
        case 2 -> {
          if (!oracle.isEmpty()) {
            TimerHeap.Entry entry = oracle.remove(random.nextInt(oracle.size()));
            entry.cancel();
            entry.cancel();
          }
        }
        default -> {
          long now = random.nextLong(500);
          TimerHeap.Entry expected =
              oracle.stream()
                  .min(Comparator.comparingLong(entry -> entry.dueNanos)) // the first of equals
                  .filter(entry -> entry.dueNanos <= now)
                  .orElse(null);
          assertThat(heap.pollDue(now)).isSameAs(expected);
          oracle.remove(expected);
        }
      }
      assertThat(heap.size()).isEqualTo(oracle.size());
    }
  }
}
