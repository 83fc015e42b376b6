package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.history.Event;
import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.HistorySplitter;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Learns from the events of a history, while it is split, what only the whole can tell. */
final class SplitWatcher implements HistorySplitter.Watcher {

  /** How many keys are remembered, for counting them and for "did you mean". */
  private static final int MOST_KEYS = 50_000;

  private final Set<String> wanted;
  private final Set<String> absent;
  private final Set<String> known = new HashSet<>();
  private final Models.Suggestion suggestion = new Models.Suggestion();
  private final EvidenceEvents evidence;
  private final Limits limits;
  private long operations;
  private int events;
  private boolean timed;
  private @Nullable String lastKey;

  SplitWatcher(Set<String> wanted, EvidenceEvents evidence, Limits limits) {
    this.wanted = wanted;
    this.absent = new TreeSet<>(wanted);
    this.evidence = evidence;
    this.limits = limits;
  }

  @Override
  public boolean keeps(int place, Event event, @Nullable String key) {
    limits.look(events++);
    suggestion.see(event.type(), event.f(), event.value());
    timed |= event.timeNanos() > 0;
    if (event.isNemesis()) {
      evidence.add(place, event);
      return false;
    }
    operations += event.type() == EventType.INVOKE ? 1 : 0;
    if (key != null && !key.equals(lastKey)) {
      lastKey = key;
      absent.remove(key);
      if (known.size() < MOST_KEYS) {
        known.add(key);
      }
    }
    return wanted.isEmpty() || (key != null && wanted.contains(key));
  }

  String suggestedModel() {
    return suggestion.model();
  }

  /** Returns how many events were seen. */
  int events() {
    return events;
  }

  long operations() {
    return operations;
  }

  boolean hasTimes() {
    return timed;
  }

  Set<String> absentKeys() {
    return absent;
  }

  Set<String> someKeys() {
    return known;
  }

  /** Returns how many keys are looked at; 0 if they are too many to be known. */
  int keys() {
    return wanted.isEmpty() ? (known.size() < MOST_KEYS ? known.size() : 0) : wanted.size();
  }
}
