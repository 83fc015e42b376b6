package dev.faultline.checkers.history;

import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a history of Jepsen's operation maps.
 *
 * <p>Differences from this project's own format: a process that is not a number is a nemesis, times
 * may go backwards and are then taken to stand still, and keys of {@code jepsen.independent} are in
 * front of the value, {@code [key value]}. That is the case if every invocation of a client has
 * such a value: a read's own value is nil.
 */
final class EdnEvents {

  private static final int PAIR = 2;

  private final List<Event> events = new ArrayList<>();
  private boolean independent = true;
  private boolean anyInvocation;
  private long lastTimeNanos;

  /** Adds the operation that {@code value} describes; returns what is wrong with it, or null. */
  @Nullable String add(Json value) {
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
    boolean nemesis = !(process instanceof Json.Int);
    EventType type = nemesis ? EventType.INFO : type(map.get("type"));
    if (type == null) {
      return "an operation's :type is not :invoke, :ok, :fail or :info";
    }
    if (map.get("time") instanceof Json.Int(long nanos)) {
      lastTimeNanos = Math.max(lastTimeNanos, nanos);
    }
    Json argument = map.getOrDefault("value", Json.NULL);
    if (type == EventType.INVOKE) {
      anyInvocation = true;
      independent &= isPair(argument);
    }
    events.add(
        new Event(
            lastTimeNanos,
            process instanceof Json.Int(long number) ? Math.toIntExact(number) : Event.NEMESIS,
            type,
            f,
            key(map.get("key")),
            argument,
            null,
            type == EventType.FAIL || type == EventType.INFO ? error(map, type) : null,
            null));
    return null;
  }

  /** Returns the history. */
  History build() {
    boolean split = independent && anyInvocation;
    HistoryBuilder builder = new HistoryBuilder();
    for (Event event : events) {
      int _ = builder.append(split && !event.isNemesis() ? split(event) : event);
    }
    return builder.build();
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
