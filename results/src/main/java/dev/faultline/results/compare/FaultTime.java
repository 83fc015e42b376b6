package dev.faultline.results.compare;

import dev.faultline.checkers.faults.FaultWindow;
import dev.faultline.checkers.faults.FaultWindow.Effect;
import dev.faultline.checkers.faults.FaultWindows;
import dev.faultline.checkers.faults.Phase;
import dev.faultline.checkers.history.History;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * When a run's main phase was, and which part of it was under which fault.
 *
 * @param fromEvent the first event of the main phase
 * @param toEvent the event after its last
 * @param fromNanos when it began
 * @param toNanos when it ended
 * @param applied when any fault was in place, whether or not its effect was seen
 * @param effective when a fault of each kind was in place that had an effect, by first start
 */
record FaultTime(
    int fromEvent,
    int toEvent,
    long fromNanos,
    long toNanos,
    Spans applied,
    SequencedMap<String, Spans> effective) {

  static FaultTime of(History history, FaultWindows faults) {
    int size = history.size();
    int fromEvent = faults.phase(Phase.MAIN).map(Phase::event).orElse(0);
    long fromNanos = faults.phase(Phase.MAIN).map(Phase::timeNanos).orElse(0L);
    int toEvent = faults.phase(Phase.HEAL).map(Phase::event).orElse(size);
    long lastNanos = size == 0 ? 0 : history.timeNanos(size - 1);
    long toNanos = faults.phase(Phase.HEAL).map(Phase::timeNanos).orElse(lastNanos);
    List<Spans.Span> applied = new ArrayList<>();
    SequencedMap<String, List<Spans.Span>> byKind = new LinkedHashMap<>();
    for (FaultWindow window : faults.windows()) {
      if (window.effect() == Effect.SKIPPED) {
        continue;
      }
      long end = window.isStopped() ? window.stopNanos() : Math.max(toNanos, window.startNanos());
      Spans.Span span = new Spans.Span(window.startNanos(), end);
      applied.add(span);
      if (window.effect() == Effect.EFFECTIVE) {
        byKind.computeIfAbsent(window.fault(), _ -> new ArrayList<>()).add(span);
      }
    }
    SequencedMap<String, Spans> effective = new LinkedHashMap<>();
    byKind.forEach((kind, spans) -> effective.put(kind, Spans.of(spans)));
    return new FaultTime(fromEvent, toEvent, fromNanos, toNanos, Spans.of(applied), effective);
  }

  /** Returns how long the main phase was. */
  long nanos() {
    return toNanos - fromNanos;
  }
}
