package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The keys of the parts of a history add up. */
class KeysDoneTest {

  private final List<String> told = new ArrayList<>();

  @Test
  void ofAllPartsTogether() {
    KeysDone progress = new KeysDone((done, keys) -> told.add(done + "/" + keys), 5, 100);
    progress.advanced(1, 2);
    progress.advanced(2, 2);
    progress.finished(60);
    progress.advanced(3, 3);
    assertThat(told).containsExactly("1/5", "2/5", "5/5");
  }

  @Test
  void areExtrapolatedWhereNobodyKnowsHowManyThereAre() {
    KeysDone progress = new KeysDone((done, keys) -> told.add(done + "/" + keys), 0, 1_000);
    progress.advanced(1, 2);
    progress.finished(100);
    progress.advanced(1, 4);
    progress.finished(400);
    progress.advanced(2, 9);
    assertThat(told)
        .as("2 keys in 100 events are 20 in 1,000, and 6 in 500 are 12")
        .containsExactly("1/1", "3/20", "8/12");
  }
}
