package dev.faultline.workloads.client;

import dev.faultline.checkers.json.Json;

/** One step of a transaction. */
public sealed interface MicroOperation {

  /** Returns the key that this is about. */
  String key();

  /** Returns this as it stands in a history's invocation. */
  Json json();

  /** Reads the register {@code key}. */
  record Read(String key) implements MicroOperation {
    @Override
    public Json json() {
      return read(key, Json.NULL);
    }
  }

  /** Reads the whole list of {@code key}. */
  record ReadList(String key) implements MicroOperation {
    @Override
    public Json json() {
      return read(key, Json.NULL);
    }
  }

  /** Returns a read of {@code key} that saw {@code value}, as it stands in a completion. */
  static Json read(String key, Json value) {
    return Json.array(Json.of("r"), Json.of(key), value);
  }

  /** Tells whether this leaves everything as it was. */
  default boolean isRead() {
    return switch (this) {
      case Read _, ReadList _ -> true;
      case Append _, Write _ -> false;
    };
  }

  /** Appends {@code element} to the list of {@code key}. */
  record Append(String key, long element) implements MicroOperation {
    @Override
    public Json json() {
      return Json.array(Json.of("append"), Json.of(key), Json.of(element));
    }
  }

  /** Sets the register {@code key} to {@code value}. */
  record Write(String key, long value) implements MicroOperation {
    @Override
    public Json json() {
      return Json.array(Json.of("w"), Json.of(key), Json.of(value));
    }
  }
}
