package dev.faultline.results.compare;

import static dev.faultline.checkers.history.OperationError.COMPARE_FAILED;

import dev.faultline.checkers.faults.FaultWindow;
import dev.faultline.checkers.faults.FaultWindows;
import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.OperationError;
import dev.faultline.results.RunSummary.Counts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Works out {@link RunFigures} in one walk over a history. Used once. */
final class FigureReader {

  private static final String LEADER = "leader";
  private static final String UNSPECIFIED = "unspecified";

  private record ErrorKind(String code, boolean definite) {}

  /** A {@link Condition} while it is counted. */
  private final class Counter {

    private final Spans spans;
    private final boolean within;
    private final long nanos;
    private final Latencies latencies = new Latencies();
    private long okCompleted;
    private long answered;
    private long total;

    /**
     * Creates a counter.
     *
     * @param spans the time that it is about
     * @param within whether it counts what touches that time, or what does not
     */
    Counter(Spans spans, boolean within) {
      this.spans = spans;
      this.within = within;
      long covered = spans.coveredNanos(time.fromNanos(), time.toNanos());
      this.nanos = within ? covered : time.nanos() - covered;
    }

    void completed(long atNanos) {
      okCompleted += spans.contains(atNanos) == within ? 1 : 0;
    }

    void inFlight(EventType outcome, boolean wasAnswered, long fromNanos, long toNanos) {
      if (spans.overlaps(fromNanos, toNanos) != within) {
        return;
      }
      total++;
      answered += wasAnswered ? 1 : 0;
      if (outcome == EventType.OK) {
        latencies.record(toNanos - fromNanos, expectedInterval);
      }
    }

    Condition done() {
      return new Condition(nanos, okCompleted, answered, total, latencies);
    }
  }

  private final History history;
  private final Duration expectedInterval;
  private final FaultWindows faults;
  private final FaultTime time;
  private final Counter mainPhase;
  private final Counter outside;
  private final SequencedMap<String, Counter> during = new LinkedHashMap<>();
  private final List<Counter> counters = new ArrayList<>();
  private final Map<String, Counts> operations = new LinkedHashMap<>();
  private final Map<ErrorKind, Long> errors = new LinkedHashMap<>();

  FigureReader(History history, Duration expectedInterval) {
    this.history = history;
    this.expectedInterval = expectedInterval;
    this.faults = FaultWindows.of(history);
    this.time = FaultTime.of(history, faults);
    this.mainPhase = new Counter(Spans.of(List.of()), false);
    this.outside = new Counter(time.applied(), false);
    counters.add(mainPhase);
    counters.add(outside);
    time.effective().forEach((kind, spans) -> during.put(kind, new Counter(spans, true)));
    counters.addAll(during.values());
  }

  RunFigures read() {
    for (int i = 0; i < history.size(); i++) {
      if (history.process(i) < 0) {
        continue;
      }
      if (history.type(i) == EventType.INVOKE) {
        operation(i);
      } else if (history.type(i) == EventType.OK && i >= time.fromEvent() && i < time.toEvent()) {
        long atNanos = history.timeNanos(i);
        counters.forEach(counter -> counter.completed(atNanos));
      }
    }
    SequencedMap<String, Condition> conditions = new LinkedHashMap<>();
    during.forEach((kind, counter) -> conditions.put(kind, counter.done()));
    return new RunFigures(
        operations,
        mainPhase.done(),
        outside.done(),
        conditions,
        faults.windows().stream()
            .filter(window -> window.effect() == FaultWindow.Effect.EFFECTIVE)
            .map(window -> FaultTimes.of(history, window))
            .toList(),
        leaders() == 0 ? null : leaders() - 1,
        errorCounts());
  }

  private void operation(int invocation) {
    int completion = history.counterpart(invocation);
    EventType outcome = completion < 0 ? EventType.INFO : history.type(completion);
    OperationError error = completion < 0 ? null : history.error(completion);
    String code = error == null ? UNSPECIFIED : error.code();
    boolean refused = outcome == EventType.FAIL && code.equals(COMPARE_FAILED);
    operations.merge(history.f(invocation), one(outcome), Counts::plus);
    if (outcome != EventType.OK && !refused) {
      boolean definite = outcome == EventType.FAIL && (error == null || error.definite());
      errors.merge(new ErrorKind(code, definite), 1L, Long::sum);
    }
    if (invocation < time.fromEvent() || invocation >= time.toEvent()) {
      return;
    }
    long from = history.timeNanos(invocation);
    // One that nobody heard of again counts as in flight until the phase ends.
    long to = completion < 0 ? time.toNanos() : history.timeNanos(completion);
    boolean answered = outcome == EventType.OK || refused;
    counters.forEach(counter -> counter.inFlight(outcome, answered, from, to));
  }

  private int leaders() {
    return (int) faults.phases().stream().filter(phase -> phase.name().equals(LEADER)).count();
  }

  private List<ErrorCount> errorCounts() {
    return errors.entrySet().stream()
        .map(error ->
            new ErrorCount(error.getKey().code(), error.getKey().definite(), error.getValue()))
        .sorted(Comparator.comparingLong(ErrorCount::count).reversed())
        .toList();
  }

  private static Counts one(EventType outcome) {
    return switch (outcome) {
      case OK -> new Counts(1, 0, 0);
      case FAIL -> new Counts(0, 1, 0);
      case INFO, INVOKE -> new Counts(0, 0, 1);
    };
  }
}
