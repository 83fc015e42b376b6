package dev.faultline.results.compare;

import dev.faultline.checkers.faults.FaultWindow;
import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.History;
import java.util.OptionalLong;

/**
 * How long clients went without the system around one fault that had an effect. Durations are
 * nanoseconds. Where faults overlap, each is told with what the others did at that time.
 *
 * @param fault the kind of fault
 * @param firstOkAfterStart from its start to the first success of an operation that was invoked
 *     after it; empty if there was none
 * @param firstOkAfterEnd from its end to the first success of an operation that was invoked after
 *     it; empty if there was none, or if it was never removed
 * @param outageNanos the longest time without any success, between its start and the first success
 *     after its end: what a system that fails only after a while cannot hide
 */
public record FaultTimes(
    String fault, OptionalLong firstOkAfterStart, OptionalLong firstOkAfterEnd, long outageNanos) {

  /** Reads the times around {@code window} from {@code history}. */
  static FaultTimes of(History history, FaultWindow window) {
    OptionalLong afterStart = OptionalLong.empty();
    OptionalLong afterEnd = OptionalLong.empty();
    long outage = 0;
    long lastOk = window.startNanos();
    long last = lastOk;
    for (int i = window.startEvent() + 1; i < history.size() && afterEnd.isEmpty(); i++) {
      last = history.timeNanos(i);
      if (history.process(i) < 0 || history.type(i) != EventType.OK) {
        continue;
      }
      outage = Math.max(outage, last - lastOk);
      lastOk = last;
      int invocation = history.counterpart(i);
      if (afterStart.isEmpty() && invocation > window.startEvent()) {
        afterStart = OptionalLong.of(last - window.startNanos());
      }
      if (window.isStopped() && invocation > window.stopEvent()) {
        afterEnd = OptionalLong.of(last - window.stopNanos());
      }
    }
    return new FaultTimes(window.fault(), afterStart, afterEnd, Math.max(outage, last - lastOk));
  }
}
