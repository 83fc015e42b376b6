package dev.faultline.checkers.history;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the invocation of each completion, and refuses events that cannot follow those before.
 *
 * <p>It remembers only the operations in flight, so that a history of any length can pass through.
 */
final class Pairing {

  /** An invocation that was not completed yet. */
  record Waiting(int index, String f, @Nullable String key) {}

  private final Map<Integer, Waiting> waiting = new HashMap<>();
  private long lastTimeNanos;

  /** Returns the time of the event taken last, in nanoseconds; 0 at the beginning. */
  long lastTimeNanos() {
    return lastTimeNanos;
  }

  /**
   * Returns the invocation that {@code event} completes, or null if it completes none.
   *
   * @throws IllegalHistoryException if no history can go on like this
   */
  @Nullable Waiting check(Event event) {
    if (event.timeNanos() < lastTimeNanos) {
      throw new IllegalHistoryException(
          "time",
          "time decreases from " + lastTimeNanos + " to " + event.timeNanos(),
          "order the events as they were recorded, with times from one monotonic clock");
    }
    if (event.isNemesis()) {
      if (event.type() != EventType.INFO) {
        throw new IllegalHistoryException(
            "type",
            "a nemesis event is of type " + event.type().word(),
            "give nemesis events the type info");
      }
      return null;
    }
    Waiting invoked = waiting.get(event.process());
    if (event.type() == EventType.INVOKE) {
      checkIsFree(event, invoked);
      return null;
    }
    if (invoked == null) {
      throw new IllegalHistoryException(
          "process",
          "process " + event.process() + " completes an operation that it did not invoke",
          "record the invocation before its completion");
    }
    checkSameOperation(invoked, event);
    return invoked;
  }

  /** Goes on after {@code event}, which was checked and has {@code index}. */
  void take(int index, Event event) {
    lastTimeNanos = event.timeNanos();
    if (event.type() == EventType.INVOKE) {
      waiting.put(event.process(), new Waiting(index, event.f(), event.key()));
    } else if (!event.isNemesis()) {
      waiting.remove(event.process());
    }
  }

  /**
   * Checks {@code event} and goes on after it; returns the key of its operation, which a completion
   * need not repeat.
   *
   * @throws IllegalHistoryException if no history can go on like this
   */
  @Nullable String keyOf(int index, Event event) {
    Waiting invoked = check(event);
    take(index, event);
    return invoked == null ? event.key() : invoked.key();
  }

  private static void checkIsFree(Event event, @Nullable Waiting invoked) {
    if (invoked != null) {
      throw new IllegalHistoryException(
          "process",
          "process "
              + event.process()
              + " invokes again although its operation of event "
              + invoked.index()
              + " has not completed",
          "a process waits for one operation at a time; complete the first, with info if nobody"
              + " knows what became of it");
    }
  }

  private static void checkSameOperation(Waiting invoked, Event completion) {
    if (!completion.f().equals(invoked.f())) {
      throw new IllegalHistoryException(
          "f",
          "process "
              + completion.process()
              + " completes "
              + completion.f()
              + " but invoked "
              + invoked.f(),
          "a completion repeats the function of its invocation (event " + invoked.index() + ")");
    }
    if (completion.key() != null && !Objects.equals(completion.key(), invoked.key())) {
      throw new IllegalHistoryException(
          "key",
          "process "
              + completion.process()
              + " completes an operation on key "
              + completion.key()
              + " but invoked it on "
              + (invoked.key() == null ? "none" : invoked.key()),
          "a completion repeats the key of its invocation (event " + invoked.index() + ")");
    }
  }
}
