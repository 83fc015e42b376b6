package dev.faultline.workloads.client;

import dev.faultline.checkers.history.OperationError;
import dev.faultline.checkers.json.Json;
import org.jspecify.annotations.Nullable;

/** What became of an operation. */
public sealed interface Outcome {

  /**
   * It happened, exactly once, before this was known.
   *
   * @param value the result as it stands in the history: what a read saw; for other operations
   *     their argument
   * @param meta what the system told beside the value, such as {@code revision}, or null
   */
  record Ok(Json value, Json.@Nullable Obj meta) implements Outcome {}

  /**
   * It did not happen and never will; {@code error.definite()} is true, or the operation is
   * read-only.
   */
  record Fail(OperationError error) implements Outcome {}

  /** Nobody knows whether it happened or still will. */
  record Info(OperationError error) implements Outcome {}
}
