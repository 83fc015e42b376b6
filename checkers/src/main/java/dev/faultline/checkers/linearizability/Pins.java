package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the answer to a call tells of its place among the changes of an object that counts them,
 * such as by a revision or a token.
 *
 * @param earliest after how many changes, doubled, and one more if certainly after the last of them
 * @param latest the same, at the latest; equal to {@code earliest} if the answer leaves no choice
 * @param changes whether the call certainly is the change itself, of which there is one
 * @param seen the values that are known to be there directly after it, by name
 */
record Pins(long earliest, long latest, boolean changes, Map<Json, Json> seen) {

  /** Greater numbers, of either sign, are not used: they could not be doubled. */
  private static final long MOST = 1L << 61;

  /** The change with a number. */
  static @Nullable Pins change(long number, Map<Json, Json> seen) {
    return of(number, 0, 0, true, seen);
  }

  /** Something between the change with a number and the next one. */
  static @Nullable Pins after(long number, Map<Json, Json> seen) {
    return of(number, 1, 1, false, seen);
  }

  /** The change with a number, or something between it and the next one. */
  static @Nullable Pins changeOrAfter(long number, Map<Json, Json> seen) {
    return of(number, 0, 1, false, seen);
  }

  private static @Nullable Pins of(
      long number, int first, int last, boolean changes, Map<Json, Json> seen) {
    return number < -MOST || number > MOST
        ? null
        : new Pins(2 * number + first, 2 * number + last, changes, seen);
  }
}
