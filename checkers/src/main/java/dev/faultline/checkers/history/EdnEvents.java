package dev.faultline.checkers.history;

import dev.faultline.checkers.edn.EdnReader;
import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a history of Jepsen's operation maps.
 *
 * <p>Differences from this project's own format: a process that is not a number is a nemesis, times
 * may go backwards and are then taken to stand still, and keys of {@code jepsen.independent} are in
 * front of the value, {@code [key value]}. Where values are tagged as such tuples, that tells.
 * Where they are not, it is the case if every invocation of a client has such a value: a read's own
 * value is nil, and the two values of a compare-and-set are no tuple. An invocation with nil that
 * did not end {@code ok} is no objection: it may be one that was made when the keys had run out.
 */
final class EdnEvents {

  private static final int PAIR = 2;

  /** An event, and where it stands. */
  private record Placed(Event event, boolean tagged, long line, int column) {}

  private static final String TUPLE = "jepsen.independent.Tuple";

  private final List<Placed> events = new ArrayList<>();
  private boolean anyTag;
  private long lastTimeNanos;

  /** Adds the operation that {@code edn} has just read; returns what is wrong with it, or null. */
  @Nullable String add(Json value, EdnReader edn) {
    if (!(value instanceof Json.Obj(Map<String, Json> map))) {
      return JsonWriter.toString(value) + " is not an operation";
    }
    Json process = map.getOrDefault("process", Json.NULL);
    if (process instanceof Json.Null) {
      return "an operation has no :process";
    }
    if (!(map.get("f") instanceof Json.Text(String f))) {
      return "an operation has no :f";
    }
    if (process instanceof Json.Int(long number) && (number < 0 || number > Integer.MAX_VALUE)) {
      return "an operation's :process " + number + " is not a number from 0 to 2147483647";
    }
    boolean nemesis = !(process instanceof Json.Int);
    EventType type = nemesis ? EventType.INFO : type(map.get("type"));
    if (type == null) {
      return "an operation's :type is not :invoke, :ok, :fail or :info";
    }
    if (map.get("time") instanceof Json.Int(long nanos)) {
      lastTimeNanos = Math.max(lastTimeNanos, nanos);
    }
    Json argument = map.getOrDefault("value", Json.NULL);
    boolean tagged = edn.hasTag(TUPLE);
    anyTag |= tagged;
    Event event =
        new Event(
            lastTimeNanos,
            process instanceof Json.Int(long number) ? (int) number : Event.NEMESIS,
            type,
            f,
            key(map.get("key")),
            argument,
            null,
            type == EventType.FAIL || type == EventType.INFO ? error(map, type) : null,
            null);
    events.add(new Placed(event, tagged, edn.valueLine(), edn.valueColumn()));
    return null;
  }

  /**
   * Returns the history.
   *
   * @param file where it was read from
   * @throws HistoryFormatException if its events do not go together
   */
  History build(Path file) throws HistoryFormatException {
    boolean independent = anyTag || isIndependent();
    HistoryBuilder builder = new HistoryBuilder();
    for (Placed placed : events) {
      Event event = placed.event();
      boolean split = !event.isNemesis() && (anyTag ? placed.tagged() : independent);
      try {
        int _ = builder.append(split ? split(event) : event);
      } catch (IllegalHistoryException e) {
        throw new HistoryFormatException(
            file, placed.line(), placed.column(), e.problem(), "expected " + e.remedy());
      }
    }
    return builder.build();
  }

  private boolean isIndependent() {
    boolean any = false;
    Set<Integer> withoutKey = new HashSet<>();
    for (Placed placed : events) {
      Event event = placed.event();
      if (event.type() == EventType.INVOKE) {
        boolean keyed = isKeyed(event);
        any |= keyed;
        if (!keyed && !(event.value() instanceof Json.Null)) {
          return false;
        }
        if (!keyed) {
          withoutKey.add(event.process());
        }
      } else if (withoutKey.remove(event.process()) && event.type() == EventType.OK) {
        return false;
      }
    }
    return any;
  }

  /** Tells whether the value of an invocation looks like a key and a value. */
  private static boolean isKeyed(Event event) {
    return event.value() instanceof Json.Array(List<Json> pair)
        && pair.size() == PAIR
        && !(pair.getFirst() instanceof Json.Array)
        && !(pair.getFirst() instanceof Json.Obj)
        && (!event.f().equals("cas") || isPair(pair.get(1)));
  }

  private static Event split(Event event) {
    List<Json> pair =
        isPair(event.value())
            ? ((Json.Array) event.value()).values()
            : List.of(Json.NULL, event.value());
    return new Event(
        event.timeNanos(),
        event.process(),
        event.type(),
        event.f(),
        key(pair.get(0)),
        pair.get(1),
        null,
        event.error(),
        null);
  }

  private static boolean isPair(Json value) {
    return value instanceof Json.Array(List<Json> values) && values.size() == PAIR;
  }

  private static @Nullable EventType type(@Nullable Json type) {
    return switch (type instanceof Json.Text(String word) ? word : "") {
      case "invoke" -> EventType.INVOKE;
      case "ok" -> EventType.OK;
      case "fail" -> EventType.FAIL;
      case "info" -> EventType.INFO;
      default -> null;
    };
  }

  private static @Nullable String key(@Nullable Json key) {
    return switch (key) {
      case null -> null;
      case Json.Null() -> null;
      case Json.Text(String text) -> text;
      default -> JsonWriter.toString(key);
    };
  }

  private static OperationError error(Map<String, Json> map, EventType type) {
    Json error = map.getOrDefault("error", Json.NULL);
    String code =
        switch (error) {
          case Json.Text(String word) -> word;
          case Json.Array(List<Json> parts)
              when !parts.isEmpty() && parts.getFirst() instanceof Json.Text(String word) ->
              word;
          default -> type.word().toLowerCase(Locale.ROOT);
        };
    return new OperationError(code, JsonWriter.toString(error), type == EventType.FAIL);
  }
}
