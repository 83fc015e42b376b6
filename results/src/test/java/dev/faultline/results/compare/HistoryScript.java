package dev.faultline.results.compare;

import dev.faultline.checkers.history.Event;
import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.HistoryBuilder;
import dev.faultline.checkers.history.OperationError;
import dev.faultline.checkers.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a history by hand, in milliseconds and in any order; events of one time stay in order. */
final class HistoryScript {

  static final long MILLI = 1_000_000;

  private final List<Event> events = new ArrayList<>();

  HistoryScript phase(long atMillis, String name) {
    return nemesis(atMillis, "phase", Map.of("phase", Json.of(name)));
  }

  HistoryScript fault(String id, String kind, String effect, long fromMillis, long toMillis) {
    nemesis(fromMillis, "start", value(id, kind, "pending"));
    return nemesis(toMillis, "stop", value(id, kind, effect));
  }

  /** A fault that is known to have an effect and is never removed. */
  HistoryScript endlessFault(String id, String kind, long fromMillis) {
    return nemesis(fromMillis, "start", value(id, kind, "effective"));
  }

  HistoryScript ok(int process, String f, long fromMillis, long toMillis) {
    invoke(process, f, fromMillis);
    return complete(process, f, toMillis, EventType.OK, null);
  }

  HistoryScript fail(
      int process, String f, long fromMillis, long toMillis, String code, boolean definite) {
    invoke(process, f, fromMillis);
    return complete(process, f, toMillis, EventType.FAIL, new OperationError(code, "", definite));
  }

  HistoryScript info(int process, String f, long fromMillis, long toMillis, String code) {
    invoke(process, f, fromMillis);
    return complete(process, f, toMillis, EventType.INFO, new OperationError(code, "", false));
  }

  HistoryScript invoke(int process, String f, long atMillis) {
    return add(
        new Event(
            atMillis * MILLI, process, EventType.INVOKE, f, "k", Json.NULL, "n1", null, null));
  }

  History build() {
    HistoryBuilder builder = new HistoryBuilder();
    events.stream().sorted(Comparator.comparingLong(Event::timeNanos)).forEach(builder::append);
    return builder.build();
  }

  private HistoryScript complete(
      int process, String f, long atMillis, EventType type, @Nullable OperationError error) {
    return add(new Event(atMillis * MILLI, process, type, f, "k", Json.NULL, "n1", error, null));
  }

  private HistoryScript nemesis(long atMillis, String f, Map<String, Json> value) {
    return add(
        new Event(
            atMillis * MILLI,
            Event.NEMESIS,
            EventType.INFO,
            f,
            null,
            new Json.Obj(value),
            null,
            null,
            null));
  }

  private static Map<String, Json> value(String id, String kind, String effect) {
    Map<String, Json> value = new LinkedHashMap<>();
    value.put("id", Json.of(id));
    value.put("fault", Json.of(kind));
    value.put("effect", Json.of(effect));
    return value;
  }

  private HistoryScript add(Event event) {
    events.add(event);
    return this;
  }
}
