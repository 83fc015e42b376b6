package dev.faultline.raft.core;

import java.util.ArrayList;
import java.util.List;

/**
 * The entries of one node, those not yet durable included (paper, section 5.3).
 *
 * <p>Terms never decrease along a log, so that looking a term up is a binary search. The first
 * index is a field rather than a constant: a compacted log begins later.
 */
final class RaftLog {

  /**
   * What an entry takes on the wire besides its command and the name of its origin, rounded up.
   * Without it, a batch of many tiny commands would be several times as large as its commands.
   */
  private static final int OVERHEAD_BYTES = 64;

  private final long firstIndex;
  private final List<Entry> entries;

  RaftLog(List<Entry> durable) {
    firstIndex = 1;
    entries = new ArrayList<>(durable.size() + 1024);
    for (Entry entry : durable) {
      append(entry);
    }
  }

  /** Returns the index of the last entry, or one less than the first index if there is none. */
  long lastIndex() {
    return firstIndex + entries.size() - 1;
  }

  /** Returns the term of the last entry, 0 if there is none. */
  long lastTerm() {
    return termAt(lastIndex());
  }

  /** Returns the term at {@code index}, 0 before the first entry. */
  long termAt(long index) {
    return index == firstIndex - 1 ? 0 : entryAt(index).term();
  }

  Entry entryAt(long index) {
    if (index < firstIndex || index > lastIndex()) {
      throw new IllegalStateException(
          "no entry " + index + " in a log of " + firstIndex + ".." + lastIndex());
    }
    return entries.get((int) (index - firstIndex));
  }

  /** Tells whether the log holds an entry of {@code term} at {@code index}. */
  boolean matches(long index, long term) {
    return index >= firstIndex - 1 && index <= lastIndex() && termAt(index) == term;
  }

  void append(Entry entry) {
    if (entry.index() != lastIndex() + 1 || entry.term() < lastTerm()) {
      throw new IllegalStateException(
          "entry %d of term %d cannot follow entry %d of term %d"
              .formatted(entry.index(), entry.term(), lastIndex(), lastTerm()));
    }
    entries.add(entry);
  }

  /** Removes the entry at {@code index} and all that follow it. */
  void truncateFrom(long index) {
    entries.subList((int) (index - firstIndex), entries.size()).clear();
  }

  /** Returns a copy of the entries from {@code from} to {@code to}, both included. */
  List<Entry> slice(long from, long to) {
    return from > to
        ? List.of()
        : List.copyOf(entries.subList((int) (from - firstIndex), (int) (to - firstIndex) + 1));
  }

  /**
   * Returns the last index of a batch that starts at {@code from}: as many entries as fit into
   * {@code maxBytes}, identities and all, one at least.
   */
  long batchEnd(long from, int maxBytes) {
    long sizeBytes = sizeBytes(entryAt(from));
    long end = from;
    while (end < lastIndex()) {
      sizeBytes += sizeBytes(entryAt(end + 1));
      if (sizeBytes > maxBytes) {
        break;
      }
      end++;
    }
    return end;
  }

  /** Returns the first index whose term is at least {@code term}; one past the log if none is. */
  long firstIndexOfTermAtLeast(long term) {
    int low = 0;
    int high = entries.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries.get(middle).term() < term) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return firstIndex + low;
  }

  private static int sizeBytes(Entry entry) {
    return OVERHEAD_BYTES
        + switch (entry.payload()) {
          case Payload.NoOp() -> 0;
          case Payload.Command(ProposalId id, byte[] command) ->
              id.origin().name().length() + command.length;
        };
  }
}
