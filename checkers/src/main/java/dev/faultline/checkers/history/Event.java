package dev.faultline.checkers.history;

import dev.faultline.checkers.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * One line of a history: an invocation, a completion, or something that the nemesis did.
 *
 * @param timeNanos nanoseconds since the run began, never decreasing along a history
 * @param process the process, at least 0, or {@link #NEMESIS}
 * @param type what this event says
 * @param f the operation's function: {@code read}, {@code write}, {@code cas}, {@code txn}…; for
 *     the nemesis {@code start}, {@code stop} or {@code phase}
 * @param key the key that the operation is about, or null where a workload has none
 * @param value argument or result; {@link Json#NULL} where there is none
 * @param node the node that the process speaks to, or null if unknown
 * @param error why a completion is not {@code ok}, or null
 * @param meta what the system told beside the value, such as {@code revision}; null if nothing
 */
public record Event(
    long timeNanos,
    int process,
    EventType type,
    String f,
    @Nullable String key,
    Json value,
    @Nullable String node,
    @Nullable OperationError error,
    Json.@Nullable Obj meta) {

  /** The process number that stands for the nemesis; {@code "nemesis"} in a history file. */
  public static final int NEMESIS = -1;

  /** Tells whether the nemesis did this. */
  public boolean isNemesis() {
    return process == NEMESIS;
  }
}
