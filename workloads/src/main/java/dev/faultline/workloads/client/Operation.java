package dev.faultline.workloads.client;

import dev.faultline.checkers.json.Json;

/** One operation of the vocabulary that workloads and clients share. */
public sealed interface Operation {

  /** Returns the function's name in a history. */
  String f();

  /** Returns the key that this is about. */
  String key();

  /** Returns the argument as it stands in the history's invocation. */
  Json value();

  /** Tells whether this leaves the system as it was, whatever became of it. */
  boolean isReadOnly();

  /** Reads {@code key}, linearizably. */
  record Read(String key) implements Operation {
    @Override
    public String f() {
      return "read";
    }

    @Override
    public Json value() {
      return Json.NULL;
    }

    @Override
    public boolean isReadOnly() {
      return true;
    }
  }

  /** Sets {@code key} to {@code newValue}. */
  record Write(String key, long newValue) implements Operation {
    @Override
    public String f() {
      return "write";
    }

    @Override
    public Json value() {
      return Json.of(newValue);
    }

    @Override
    public boolean isReadOnly() {
      return false;
    }
  }

  /** Sets {@code key} to {@code newValue} if it is {@code expected}. */
  record CompareAndSet(String key, long expected, long newValue) implements Operation {
    @Override
    public String f() {
      return "cas";
    }

    @Override
    public Json value() {
      return Json.array(Json.of(expected), Json.of(newValue));
    }

    @Override
    public boolean isReadOnly() {
      return false;
    }
  }
}
