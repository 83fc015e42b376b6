package dev.faultline.workloads.client;

import dev.faultline.checkers.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One operation of the vocabulary that workloads and clients share. */
public sealed interface Operation {

  /** Returns the function's name in a history. */
  String f();

  /** Returns the key that this is about; null for a transaction, which names its keys itself. */
  @Nullable String key();

  /** Returns every key that this is about. */
  default List<String> keys() {
    String key = key();
    return key == null ? List.of() : List.of(key);
  }

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

  /**
   * Performs all {@code operations}, in their order, or none of them.
   *
   * @param operations at least one; they are all of lists, or all of registers
   * @param serializableReads whether reads may be answered from the state of any one node, which
   *     may be old; what is written then still depends on nothing that has changed since
   */
  record Transaction(List<MicroOperation> operations, boolean serializableReads)
      implements Operation {

    public Transaction {
      operations = List.copyOf(operations);
      if (operations.isEmpty()) {
        throw new IllegalArgumentException("a transaction needs at least one micro-operation");
      }
    }

    @Override
    public String f() {
      return "txn";
    }

    @Override
    public @Nullable String key() {
      return null;
    }

    @Override
    public List<String> keys() {
      return operations.stream().map(MicroOperation::key).distinct().toList();
    }

    @Override
    public Json value() {
      return new Json.Array(operations.stream().map(MicroOperation::json).toList());
    }

    @Override
    public boolean isReadOnly() {
      return operations.stream().allMatch(MicroOperation::isRead);
    }
  }
}
