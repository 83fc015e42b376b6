package dev.faultline.checkers.history;

import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonReader;
import dev.faultline.checkers.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes an {@link Event} of one line of a history file, member by member. */
final class EventParser {

  /** Says where on a line something is that does not belong there. */
  static final class MalformedEventException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int column;
    private final String problem;
    private final String remedy;

    MalformedEventException(int column, String problem, String remedy) {
      super(problem);
      this.column = column;
      this.problem = problem;
      this.remedy = remedy;
    }

    int column() {
      return column;
    }

    String problem() {
      return problem;
    }

    String remedy() {
      return remedy;
    }
  }

  private static final int ABSENT = Integer.MIN_VALUE;

  private final JsonReader json = new JsonReader();
  private final List<String> seen = new ArrayList<>();

  private byte[] bytes = new byte[0];
  private int from;
  private int to;

  private long timeNanos;
  private int process;
  private @Nullable EventType type;
  private @Nullable String f;
  private @Nullable String key;
  private @Nullable Json value;
  private @Nullable String node;
  private @Nullable OperationError error;
  private Json.@Nullable Obj meta;

  /**
   * Parses {@code bytes[from..to)}.
   *
   * @param index what the member {@code index} must say if it is there
   * @param previousTimeNanos the time of an event that does not tell its own
   */
  Event parse(byte[] bytes, int from, int to, int index, long previousTimeNanos)
      throws MalformedEventException {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    clear(previousTimeNanos);
    json.reset(bytes, from, to);
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (seen.contains(name)) {
        json.readValue();
        throw malformed("member \"" + name + "\" is given twice", "give it once");
      }
      seen.add(name);
      member(name, json.readValue(), index);
    }
    json.expectEnd();
    return event();
  }

  /** Returns the column, from 1, at which the value of {@code member} begins on the last line. */
  int columnOf(String member) {
    json.reset(bytes, from, to);
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.readValue();
      if (name.equals(member)) {
        return json.valueColumn();
      }
    }
    return 1;
  }

  private void clear(long previousTimeNanos) {
    seen.clear();
    timeNanos = previousTimeNanos;
    process = ABSENT;
    type = null;
    f = null;
    key = null;
    value = null;
    node = null;
    error = null;
    meta = null;
  }

  private void member(String name, Json json, int index) throws MalformedEventException {
    switch (name) {
      case "index" -> checkIndex(json, index);
      case "time" -> timeNanos = time(json);
      case "process" -> process = process(json);
      case "type" -> type = type(json);
      case "f" -> f = text(name, json);
      case "key" -> key = key(json);
      case "value" -> value = json;
      case "node" -> node = json instanceof Json.Null ? null : text(name, json);
      case "error" -> error = error(json);
      case "meta" -> meta = meta(json);
      default -> {
        // Others may add members of their own; what they mean is theirs.
      }
    }
  }

  private Event event() throws MalformedEventException {
    if (process == ABSENT) {
      throw missing("process");
    }
    if (type == null) {
      throw missing("type");
    }
    if (f == null) {
      throw missing("f");
    }
    if (value == null) {
      throw missing("value");
    }
    return new Event(timeNanos, process, type, f, key, value, node, error, meta);
  }

  private static MalformedEventException missing(String member) {
    return new MalformedEventException(
        1, "member \"" + member + "\" is missing", "process, type, f and value are required");
  }

  private void checkIndex(Json json, int index) throws MalformedEventException {
    if (!(json instanceof Json.Int(long given)) || given != index) {
      throw malformed(
          "index is " + JsonWriter.toString(json) + " on the line of event " + index,
          "lines are numbered from 0 without a gap; leave index out if they are not");
    }
  }

  private long time(Json json) throws MalformedEventException {
    if (json instanceof Json.Int(long nanos)) {
      return nanos;
    }
    throw expected("time", "an integer, in nanoseconds", json);
  }

  private int process(Json json) throws MalformedEventException {
    return switch (json) {
      case Json.Int(long number) when number >= 0 && number <= Integer.MAX_VALUE -> (int) number;
      case Json.Text(String text) when text.equals(HistoryLines.NEMESIS) -> Event.NEMESIS;
      default -> throw expected("process", "a number from 0, or \"nemesis\"", json);
    };
  }

  private EventType type(Json json) throws MalformedEventException {
    return switch (json instanceof Json.Text(String word) ? word : "") {
      case "invoke" -> EventType.INVOKE;
      case "ok" -> EventType.OK;
      case "fail" -> EventType.FAIL;
      case "info" -> EventType.INFO;
      default -> throw expected("type", "invoke, ok, fail or info", json);
    };
  }

  private @Nullable String key(Json json) throws MalformedEventException {
    return switch (json) {
      case Json.Null() -> null;
      case Json.Text(String text) -> text;
      case Json.Int(long number) -> Long.toString(number);
      default -> throw expected("key", "a string or an integer", json);
    };
  }

  private @Nullable OperationError error(Json json) throws MalformedEventException {
    return switch (json) {
      case Json.Null() -> null;
      // Others write an error as a bare word; it is then its own code.
      case Json.Text(String word) -> new OperationError(word, word, false);
      case Json.Obj(Map<String, Json> members) ->
          new OperationError(
              text("error.code", members.getOrDefault("code", Json.of("unknown"))),
              text("error.message", members.getOrDefault("message", Json.of(""))),
              members.get("definite") instanceof Json.Bool(boolean definite) && definite);
      default -> throw expected("error", "an object {code, message, definite}", json);
    };
  }

  private Json.@Nullable Obj meta(Json json) throws MalformedEventException {
    return switch (json) {
      case Json.Null() -> null;
      case Json.Obj obj -> obj;
      default -> throw expected("meta", "an object", json);
    };
  }

  private String text(String name, Json json) throws MalformedEventException {
    if (json instanceof Json.Text(String text)) {
      return text;
    }
    throw expected(name, "a string", json);
  }

  private MalformedEventException expected(String name, String what, Json found) {
    return malformed(name + " is " + JsonWriter.toString(found), "it must be " + what);
  }

  private MalformedEventException malformed(String problem, String remedy) {
    return new MalformedEventException(json.valueColumn(), problem, remedy);
  }
}
