package dev.faultline.checkers.linearizability;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Frontiers at regular places of a walk, kept to go back to. */
final class Checkpoints {

  /** A frontier is kept at every position that is a multiple of this. */
  static final int SPACING = 64;

  /** A frontier: its configurations, one after the other. */
  static final class Checkpoint {
    final long[] words;

    /** Whether nothing was dropped or joined on the way there. */
    final boolean exact;

    Checkpoint(long[] words, boolean exact) {
      this.words = words;
      this.exact = exact;
    }

    private long bytes() {
      return (long) Long.BYTES * words.length;
    }
  }

  private final Layout layout;
  private final List<@Nullable Checkpoint> kept = new ArrayList<>();
  private int begin;
  private long bytes;

  Checkpoints(Layout layout) {
    this.layout = layout;
  }

  /** Forgets everything; the walk begins at {@code position} now. */
  void beginAt(int position) {
    begin = position;
    kept.clear();
    bytes = 0;
  }

  /** Returns the last place at or before {@code position}; the first one if that is later. */
  int placeBefore(int position) {
    return Math.max(begin, position / SPACING * SPACING);
  }

  /** Keeps what is reached at {@code place}, instead of what was kept there. */
  void set(int place, Checkpoint checkpoint) {
    int index = (place - begin) / SPACING;
    while (kept.size() <= index) {
      kept.add(null);
    }
    Checkpoint old = kept.set(index, checkpoint);
    bytes += checkpoint.bytes() - (old == null ? 0 : old.bytes());
  }

  /** Returns what is kept at {@code place}. */
  Checkpoint at(int place) {
    return Objects.requireNonNull(kept.get((place - begin) / SPACING));
  }

  /** Forgets what is kept after the beginning. */
  void keepOnlyFirst() {
    Checkpoint first = at(begin);
    beginAt(begin);
    set(begin, first);
  }

  /** Keeps what {@code others} has at the places from {@code from} on and before {@code to}. */
  void take(Checkpoints others, int from, int to) {
    for (int place = from; place < to; place += SPACING) {
      set(place, others.at(place));
    }
  }

  /** Tells whether here, at {@code place}, is something as good as each configuration there. */
  boolean areAsGoodAs(Checkpoints others, int place) {
    long[] here = at(place).words;
    long[] there = others.at(place).words;
    for (int from = 0; from < there.length; from += layout.stride) {
      if (!hasAsGood(here, there, from)) {
        return false;
      }
    }
    return true;
  }

  private boolean hasAsGood(long[] here, long[] there, int from) {
    for (int i = 0; i < here.length; i += layout.stride) {
      if (here[i] == there[from] && layout.isAsGood(here, i, there, from)) {
        return true;
      }
    }
    return false;
  }

  /** Returns how much memory they take, in bytes. */
  long bytes() {
    return bytes;
  }
}
