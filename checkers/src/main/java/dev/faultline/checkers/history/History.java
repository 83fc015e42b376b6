package dev.faultline.checkers.history;

import dev.faultline.checkers.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A history in columns.
 *
 * <p>Events are numbered from 0 in the order of the file, which is the truth. Immutable and safe
 * for use by several threads.
 */
public interface History {

  /** Returns how many events there are. */
  int size();

  /**
   * Returns where event {@code index} stands in the recording, from 0: {@code index} itself, unless
   * this is an excerpt from a longer history. What people read names events by their places.
   */
  default int place(int index) {
    return index;
  }

  /** Returns the index of the event at {@code place}; -1 if it is not in here. */
  default int indexOf(int place) {
    return place >= 0 && place < size() ? place : -1;
  }

  /** Returns event {@code index} as an object; convenient, and slower than the columns. */
  Event event(int index);

  /** Returns the time of event {@code index}, in nanoseconds since the run began. */
  long timeNanos(int index);

  /**
   * Tells whether the events have times; a history from elsewhere may have none. Times never go
   * back, so that the last one tells.
   */
  default boolean hasTimes() {
    return size() > 0 && timeNanos(size() - 1) > 0;
  }

  /** Returns the process of event {@code index}, {@link Event#NEMESIS} for the nemesis. */
  int process(int index);

  /** Returns the type of event {@code index}. */
  EventType type(int index);

  /** Returns the function of event {@code index}. */
  String f(int index);

  /** Returns a number that stands for the function of event {@code index}. */
  int functionNumber(int index);

  /** Returns the key of event {@code index}, or null. */
  @Nullable String key(int index);

  /** Returns the number of the key of event {@code index}, below {@link #keyCount}; 0 if none. */
  int keyNumber(int index);

  /** Returns how many numbers of keys there are: one for each key, and 0 for none. */
  int keyCount();

  /** Returns the value of event {@code index}. */
  Json value(int index);

  /**
   * Returns a number that stands for the value of event {@code index}: two values of one history
   * are equal if and only if their codes are. Cheaper than {@link #value}, which decodes it.
   */
  long valueCode(int index);

  /** Returns the node of event {@code index}, or null. */
  @Nullable String node(int index);

  /** Returns the error of event {@code index}, or null. */
  @Nullable OperationError error(int index);

  /** Returns what the system told beside the value of event {@code index}, or null. */
  Json.@Nullable Obj meta(int index);

  /**
   * Returns the index of the completion of the invocation {@code index}, or the invocation of the
   * completion {@code index}; -1 if there is none.
   */
  int counterpart(int index);
}
