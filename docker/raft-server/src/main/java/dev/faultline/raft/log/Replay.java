package dev.faultline.raft.log;

import dev.faultline.raft.core.Entry;
import dev.faultline.raft.core.HardState;
import dev.faultline.raft.core.NodeId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the records of a log add up to. */
final class Replay {

  private final NodeId self;
  private HardState hardState = HardState.INITIAL;
  private long incarnation;
  private final List<Entry> entries = new ArrayList<>();

  Replay(NodeId self) {
    this.self = self;
  }

  HardState hardState() {
    return hardState;
  }

  long incarnation() {
    return incarnation;
  }

  List<Entry> entries() {
    return entries;
  }

  void take(LogRecord record, Path file, long offset) throws IOException {
    switch (record) {
      case LogRecord.Boot boot -> takeBoot(boot, file, offset);
      case LogRecord.State(HardState state) -> {
        if (state.term() < hardState.term()) {
          throw new CorruptLogException(
              file, offset, "term %d after term %d".formatted(state.term(), hardState.term()));
        }
        hardState = state;
      }
      case LogRecord.Append(Entry entry) -> takeEntry(entry, file, offset);
    }
  }

  private void takeBoot(LogRecord.Boot boot, Path file, long offset) throws IOException {
    if (!boot.node().equals(self)) {
      throw new StorageException(
          "the data directory %s belongs to node %s, not to %s; give every node a directory of its own"
              .formatted(file.getParent(), boot.node(), self));
    }
    if (boot.incarnation() < incarnation) {
      throw new CorruptLogException(
          file, offset, "incarnation %d after %d".formatted(boot.incarnation(), incarnation));
    }
    incarnation = boot.incarnation();
  }

  private void takeEntry(Entry entry, Path file, long offset) throws IOException {
    if (entry.index() < 1 || entry.index() > entries.size() + 1L) {
      throw new CorruptLogException(
          file,
          offset,
          "entry %d, but the log ends at %d".formatted(entry.index(), entries.size()));
    }
    entries.subList((int) entry.index() - 1, entries.size()).clear();
    entries.add(entry);
  }
}
