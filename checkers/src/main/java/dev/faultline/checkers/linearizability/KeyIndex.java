package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.History;
import java.util.Arrays;

/** The invocations of a history, sorted by key; keys are in the order of first appearance. */
final class KeyIndex {

  /** Where in {@link #invocations} those of each key begin; one more at the end. */
  private final int[] starts;

  /** Indexes into the history, ascending within a key. */
  private final int[] invocations;

  private KeyIndex(int[] starts, int[] invocations) {
    this.starts = starts;
    this.invocations = invocations;
  }

  static KeyIndex of(History history) {
    return of(history, Limits.NONE);
  }

  /**
   * Sorts the invocations of {@code history}.
   *
   * @throws BudgetSpentException if the time is up
   */
  static KeyIndex of(History history, Limits limits) {
    int[] counts = new int[history.keyCount()];
    int[] numbers = new int[history.keyCount()];
    int keys = 0;
    for (int i = 0; i < history.size(); i++) {
      limits.look(i);
      if (history.type(i) == EventType.INVOKE && counts[history.keyNumber(i)]++ == 0) {
        numbers[keys++] = history.keyNumber(i);
      }
    }
    int[] starts = new int[keys + 1];
    int[] next = new int[history.keyCount()];
    for (int k = 0; k < keys; k++) {
      next[numbers[k]] = starts[k];
      starts[k + 1] = starts[k] + counts[numbers[k]];
    }
    int[] invocations = new int[starts[keys]];
    for (int i = 0; i < history.size(); i++) {
      limits.look(i);
      if (history.type(i) == EventType.INVOKE) {
        invocations[next[history.keyNumber(i)]++] = i;
      }
    }
    return new KeyIndex(starts, invocations);
  }

  int keys() {
    return starts.length - 1;
  }

  /** Returns how many operations clients invoked, of whatever outcome. */
  int operations() {
    return invocations.length;
  }

  int size(int key) {
    return starts[key + 1] - starts[key];
  }

  /** Returns the first invocation of the {@code key}-th key. */
  int first(int key) {
    return invocations[starts[key]];
  }

  /** Returns the invocations of the {@code key}-th key. */
  int[] invocations(int key) {
    return Arrays.copyOfRange(invocations, starts[key], starts[key + 1]);
  }
}
