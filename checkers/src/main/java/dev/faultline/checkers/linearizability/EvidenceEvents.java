package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.Finding;
import dev.faultline.checkers.history.Event;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.HistoryBuilder;
import java.util.Map;
import java.util.TreeMap;

/** Keeps, of a history that is never in memory as a whole, what is needed to show its findings. */
final class EvidenceEvents {

  /** More than this many faults, each with start and stop, explain nothing. */
  private static final int MOST_FAULTS = 100_000;

  private final Map<Integer, Event> events = new TreeMap<>();

  /** Keeps an event of the nemesis. */
  void add(int place, Event event) {
    if (events.size() < MOST_FAULTS) {
      events.put(place, event);
    }
  }

  /** Keeps the events of {@code finding}, which are all in {@code part}. */
  void add(History part, Finding finding) {
    for (int place : finding.events()) {
      events.put(place, part.event(part.indexOf(place)));
    }
  }

  /** Returns them as an excerpt from the history. */
  History excerpt(boolean timed) {
    HistoryBuilder builder = new HistoryBuilder();
    events
        .values()
        .forEach(event -> {
          int _ = builder.append(event);
        });
    int[] places = events.keySet().stream().mapToInt(Integer::intValue).toArray();
    return builder.buildExcerpt(places, timed);
  }
}
