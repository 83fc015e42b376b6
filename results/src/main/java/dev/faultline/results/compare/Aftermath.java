package dev.faultline.results.compare;

import dev.faultline.checkers.faults.Availability;
import dev.faultline.checkers.faults.FaultWindow;
import dev.faultline.checkers.faults.FaultWindows;
import dev.faultline.checkers.history.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The time in which whatever a cluster suffers can be put down to a fault: from the fault's start
 * until two election timeouts after it was removed and the first client was served again. Two,
 * because a first election may be split, and the second decides.
 */
final class Aftermath {

  private static final int ELECTIONS = 2;

  private Aftermath() {}

  static Spans of(History history, Duration electionTimeout) {
    long lastNanos = history.size() == 0 ? 0 : history.timeNanos(history.size() - 1);
    List<Spans.Span> spans = new ArrayList<>();
    for (Availability seen : Availability.of(history, FaultWindows.of(history))) {
      FaultWindow fault = seen.window();
      if (fault.effect() == FaultWindow.Effect.SKIPPED) {
        continue;
      }
      long served =
          seen.nanosToFirstOk().isPresent()
              ? fault.stopNanos() + seen.nanosToFirstOk().getAsLong()
              : lastNanos;
      long end = served + ELECTIONS * electionTimeout.toNanos();
      spans.add(new Spans.Span(fault.startNanos(), Math.max(end, fault.startNanos())));
    }
    return Spans.of(spans);
  }
}
