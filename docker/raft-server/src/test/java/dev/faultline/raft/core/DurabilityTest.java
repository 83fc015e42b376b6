package dev.faultline.raft.core;

import static dev.faultline.raft.core.Solo.entries;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DurabilityTest {

  private static final HardState STATE = new HardState(1, null);

  private final RaftLog log = new RaftLog(List.of());
  private final Durability durability = new Durability(0);

  private long write(Entry... entries) {
    for (Entry entry : entries) {
      durability.logChangedFrom(entry.index());
      if (entry.index() <= log.lastIndex()) {
        log.truncateFrom(entry.index());
      }
      log.append(entry);
    }
    return Objects.requireNonNull(durability.flush(STATE, log)).sequence();
  }

  @Test
  void nothingIsWrittenWhenNothingChanged() {
    assertThat(durability.flush(STATE, log)).isNull();
  }

  @Test
  void whatIsWrittenIsDurableWhenTheWriteIsDone() {
    long write = write(entries(1, 1, 1).toArray(Entry[]::new));
    assertThat(durability.durableIndex()).isZero();
    durability.persisted(write);
    assertThat(durability.durableIndex()).isEqualTo(2);
  }

  @Test
  void aReplacementInTheSameStepIsWrittenOnce() {
    write(new Entry(1, 1, new Payload.NoOp()));
    durability.logChangedFrom(2);
    log.append(new Entry(2, 1, new Payload.NoOp()));
    durability.logChangedFrom(2);
    log.truncateFrom(2);
    log.append(new Entry(2, 2, new Payload.NoOp()));
    assertThat(Objects.requireNonNull(durability.flush(STATE, log)).entries())
        .isEqualTo(entries(2, 2));
  }

  @Test
  void theHardStateIsDurableOnlyAfterItsOwnWrite() {
    long before = write(new Entry(1, 1, new Payload.NoOp()));
    durability.hardStateChanged();
    assertThat(durability.hardStateSequence()).isEqualTo(before + 1);
    long own = Objects.requireNonNull(durability.flush(STATE, log)).sequence();
    durability.persisted(before);
    assertThat(durability.isHardStateDurable()).isFalse();
    durability.persisted(own);
    assertThat(durability.isHardStateDurable()).isTrue();
  }

  /** Against a disk that is replayed write by write. */
  @Test
  void theDurableIndexIsNeverBeyondWhatTheDiskAgreesOn() {
    for (long seed = 1; seed <= 500; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RaftLog memory = new RaftLog(List.of());
      Durability tracked = new Durability(0);
      LocalDisk disk = new LocalDisk();
      long issued = 0;
      long done = 0;
      for (int step = 0; step < 60; step++) {
        if (random.nextInt(3) > 0) {
          long from = 1 + random.nextLong(memory.lastIndex() + 1);
          tracked.logChangedFrom(from);
          if (from <= memory.lastIndex()) {
            memory.truncateFrom(from);
          }
          for (int i = random.nextInt(3); i >= 0; i--) {
            memory.append(new Entry(memory.lastIndex() + 1, step + 1, new Payload.NoOp()));
          }
          Effect.Persist persist = Objects.requireNonNull(tracked.flush(STATE, memory));
          disk.enqueue(persist);
          issued = persist.sequence();
        } else if (done < issued) {
          done += 1 + random.nextLong(issued - done);
          disk.complete(done);
          tracked.persisted(done);
        }
        assertThat(tracked.durableIndex()).isLessThanOrEqualTo(disk.durableLog().size());
        if (tracked.durableIndex() > 0) {
          assertThat(disk.holds(memory.entryAt(tracked.durableIndex()))).isTrue();
        }
        if (done == issued) {
          assertThat(tracked.durableIndex()).isEqualTo(memory.lastIndex());
        }
      }
    }
  }
}
