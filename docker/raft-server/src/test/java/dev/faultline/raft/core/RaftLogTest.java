package dev.faultline.raft.core;

import static dev.faultline.raft.core.Solo.entries;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RaftLogTest {

  private final RaftLog log = new RaftLog(entries(1, 1, 1, 3, 3, 3, 6));

  @Test
  void anEmptyLogEndsBeforeItsFirstIndex() {
    RaftLog empty = new RaftLog(List.of());
    assertThat(empty.lastIndex()).isZero();
    assertThat(empty.lastTerm()).isZero();
    assertThat(empty.matches(0, 0)).isTrue();
    assertThat(empty.matches(1, 1)).isFalse();
    assertThat(empty.firstIndexOfTermAtLeast(1)).isEqualTo(1);
  }

  @Test
  void termsAreFoundByIndexAndIndexesByTerm() {
    assertThat(log.termAt(0)).isZero();
    assertThat(log.termAt(3)).isEqualTo(3);
    assertThat(log.firstIndexOfTermAtLeast(1)).isEqualTo(1);
    assertThat(log.firstIndexOfTermAtLeast(2)).isEqualTo(3);
    assertThat(log.firstIndexOfTermAtLeast(3)).isEqualTo(3);
    assertThat(log.firstIndexOfTermAtLeast(6)).isEqualTo(6);
    assertThat(log.firstIndexOfTermAtLeast(7)).isEqualTo(7);
    assertThat(log.matches(-1, 0)).isFalse();
  }

  @Test
  void gapsAndFallingTermsAndUnknownIndexesAreErrors() {
    assertThatThrownBy(() -> log.append(new Entry(8, 6, new Payload.NoOp())))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> log.append(new Entry(7, 5, new Payload.NoOp())))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> log.entryAt(7)).hasMessageContaining("no entry 7 in a log of 1..6");
  }

  @Test
  void slicesAreCopies() {
    List<Entry> slice = log.slice(3, 4);
    log.truncateFrom(3);
    assertThat(slice).isEqualTo(entries(3, 3, 3));
    assertThat(log.lastIndex()).isEqualTo(2);
    assertThat(log.slice(3, 2)).isEmpty();
  }
}
