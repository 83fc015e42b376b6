package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.checkers.Script;
import dev.faultline.checkers.history.Event;
import dev.faultline.checkers.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is learnt while a history is split. */
class SplitWatcherTest {

  private final EvidenceEvents evidence = new EvidenceEvents();

  @Test
  void keepsClientsEventsAndTheFaultsApart() {
    SplitWatcher watcher = new SplitWatcher(Set.of(), evidence, Limits.NONE);
    Script script = new Script().nemesis("start", "1").key("a").did(0, "write", "1");
    assertThat(kept(watcher, script.key(null).did(0, "write", "2").nemesis("stop", "1")))
        .containsExactly(1, 2, 3, 4);
    assertThat(evidence.excerpt(true).size()).isEqualTo(2);
    assertThat(watcher.operations()).isEqualTo(2);
    assertThat(watcher.events()).isEqualTo(6);
    assertThat(watcher.keys()).isEqualTo(1);
    assertThat(watcher.hasTimes()).isTrue();
  }

  @Test
  void keepsOnlyTheKeysAskedFor() {
    SplitWatcher watcher = new SplitWatcher(Set.of("a", "c", "d"), evidence, Limits.NONE);
    Script script = new Script().key("b").did(0, "write", "1").key("a").did(0, "write", "1");
    assertThat(kept(watcher, script.key(null).did(0, "write", "2"))).containsExactly(2, 3);
    assertThat(watcher.absentKeys()).containsExactly("c", "d");
    assertThat(watcher.someKeys()).containsExactlyInAnyOrder("a", "b");
    assertThat(watcher.keys()).isEqualTo(3);
    assertThat(watcher.operations()).isEqualTo(3);
  }

  @Test
  void doesNotCountMoreKeysThanItRemembers() {
    for (int keys : new int[] {49_999, 50_000, 50_001}) {
      SplitWatcher watcher = new SplitWatcher(Set.of(), evidence, Limits.NONE);
      Event event = new Script().invoke(0, "write", "1").history().event(0);
      for (int i = 0; i < keys; i++) {
        assertThat(watcher.keeps(i, event, "k" + i)).isTrue();
      }
      assertThat(watcher.keys()).isEqualTo(keys < 50_000 ? keys : 0);
      assertThat(watcher.someKeys()).hasSize(Math.min(keys, 50_000));
    }
  }

  @Test
  void aHistoryWithoutTimesHasNone() {
    SplitWatcher watcher = new SplitWatcher(Set.of(), evidence, Limits.NONE);
    Script script = new Script().at(0).invoke(0, "write", "1");
    assertThat(kept(watcher, script)).containsExactly(0);
    assertThat(watcher.hasTimes()).isFalse();
  }

  @Test
  void looksAtTheClock() {
    SplitWatcher watcher = new SplitWatcher(Set.of(), evidence, new Limits(0, 0, () -> 0));
    Event event = new Script().invoke(0, "write", "1").history().event(0);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 2_048; i++) {
                assertThat(watcher.keeps(i, event, "k")).isTrue();
              }
            })
        .isInstanceOf(BudgetSpentException.class);
    assertThat(watcher.events()).isEqualTo(2_048);
  }

  private static List<Integer> kept(SplitWatcher watcher, Script script) {
    History history = script.history();
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < history.size(); i++) {
      if (watcher.keeps(i, history.event(i), history.key(i))) {
        kept.add(i);
      }
    }
    return kept;
  }
}
