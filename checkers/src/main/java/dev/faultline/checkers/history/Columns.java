package dev.faultline.checkers.history;

import org.jspecify.annotations.Nullable;

/**
 * The columns of up to {@link #EVENTS} consecutive events.
 *
 * <p>A history is a list of these, so that it grows without ever being copied.
 */
final class Columns {

  /**
   * So few that an array stays below half of G1's smallest region: larger ones would each take
   * whole regions, and half of the memory would be lost.
   */
  static final int EVENT_BITS = 14;

  static final int EVENTS = 1 << EVENT_BITS;
  static final int EVENT_MASK = EVENTS - 1;

  final long[] times = new long[EVENTS];
  final long[] values = new long[EVENTS];
  final int[] processes = new int[EVENTS];
  final int[] keys = new int[EVENTS];
  final int[] counterparts = new int[EVENTS];

  /** Function, node and type of each event, packed by {@link PackedKind}. */
  final int[] kinds = new int[EVENTS];

  /**
   * For each event, 1 + the place of its error and meta in {@link Extras}; null if none has any.
   */
  int @Nullable [] extras;

  int extra(int slot) {
    return extras == null ? 0 : extras[slot];
  }

  void setExtra(int slot, int place) {
    if (extras == null) {
      extras = new int[EVENTS];
    }
    extras[slot] = place;
  }
}
