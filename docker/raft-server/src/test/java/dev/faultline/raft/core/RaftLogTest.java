package dev.faultline.raft.core;

import static dev.faultline.raft.core.Solo.entries;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.raft.log.EntryCodec;
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
  void aBatchOfTinyEntriesIsNoLargerOnTheWireThanItMayBe() {
    int maxBytes = 1 << 16;
    RaftLog tiny = new RaftLog(List.of());
    for (int i = 1; i <= maxBytes; i++) {
      ProposalId id = new ProposalId(Solo.N1, 1, i, 1);
      Payload payload =
          i % 2 == 0 ? new Payload.NoOp() : new Payload.Command(id, Solo.command("x"));
      tiny.append(new Entry(i, 1, payload));
    }
    List<Entry> batch = tiny.slice(1, tiny.batchEnd(1, maxBytes));
    assertThat(batch.stream().mapToInt(EntryCodec::sizeBytes).sum())
        .isBetween(maxBytes / 4, maxBytes);
  }

  @Test
  void aBatchHasOneEntryHoweverLarge() {
    assertThat(log.batchEnd(2, 1)).isEqualTo(2);
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
