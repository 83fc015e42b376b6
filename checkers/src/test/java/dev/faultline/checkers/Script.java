package dev.faultline.checkers;

import dev.faultline.checkers.history.Event;
import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.HistoryBuilder;
import dev.faultline.checkers.history.OperationError;
import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonReader;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes histories by hand: one call an event, one millisecond apart unless told otherwise. */
public final class Script {

  private static final long MILLI = 1_000_000;

  private final HistoryBuilder builder = new HistoryBuilder();
  private final Map<Integer, Event> open = new HashMap<>();
  private @Nullable String key = "k";
  private long millis;

  public Script key(@Nullable String key) {
    this.key = key;
    return this;
  }

  public Script at(long millis) {
    this.millis = millis - 1;
    return this;
  }

  public Script invoke(int process, String f, String value) {
    Event event = event(process, EventType.INVOKE, f, key, JsonReader.parse(value), null, null);
    open.put(process, event);
    builder.append(event);
    return this;
  }

  public Script ok(int process) {
    return complete(process, EventType.OK, opened(process).value(), null);
  }

  public Script ok(int process, String value) {
    return complete(process, EventType.OK, JsonReader.parse(value), null);
  }

  /** Completes an operation of which the system told something beside its value. */
  public Script ok(int process, String value, String meta) {
    return complete(
        process, EventType.OK, JsonReader.parse(value), null, (Json.Obj) JsonReader.parse(meta));
  }

  public Script fail(int process, String code) {
    return complete(
        process, EventType.FAIL, opened(process).value(), new OperationError(code, code, true));
  }

  public Script info(int process) {
    return complete(
        process,
        EventType.INFO,
        opened(process).value(),
        new OperationError("timeout", "no answer", false));
  }

  /** An operation that nothing else overlaps. */
  public Script did(int process, String f, String value) {
    return f.equals("read")
        ? invoke(process, f, "null").ok(process, value)
        : invoke(process, f, value).ok(process);
  }

  public Script nemesis(String f, String value) {
    builder.append(
        event(Event.NEMESIS, EventType.INFO, f, null, JsonReader.parse(value), null, null));
    return this;
  }

  public Script phase(String name) {
    return nemesis("phase", "{\"phase\":\"" + name + "\"}");
  }

  public History history() {
    return builder.build();
  }

  private Event opened(int process) {
    Event event = open.get(process);
    if (event == null) {
      throw new IllegalStateException("process " + process + " has nothing open");
    }
    return event;
  }

  private Script complete(int process, EventType type, Json value, @Nullable OperationError error) {
    return complete(process, type, value, error, null);
  }

  private Script complete(
      int process,
      EventType type,
      Json value,
      @Nullable OperationError error,
      Json.@Nullable Obj meta) {
    Event invocation = opened(process);
    open.remove(process);
    builder.append(event(process, type, invocation.f(), invocation.key(), value, error, meta));
    return this;
  }

  private Event event(
      int process,
      EventType type,
      String f,
      @Nullable String key,
      Json value,
      @Nullable OperationError error,
      Json.@Nullable Obj meta) {
    millis++;
    return new Event(millis * MILLI, process, type, f, key, value, "n1", error, meta);
  }
}
