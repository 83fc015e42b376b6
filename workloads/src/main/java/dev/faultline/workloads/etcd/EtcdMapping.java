package dev.faultline.workloads.etcd;

import dev.faultline.checkers.history.OperationError;
import dev.faultline.checkers.json.Json;
import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.client.Outcome;
import dev.faultline.workloads.etcd.EtcdReply.KeyValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Translates operations into etcd's requests, and etcd's answers into outcomes.
 *
 * <p>Values are decimal numbers in the store. A value that is none was not written by any client of
 * ours: it is handed to the history as the text that it is, so that a checker sees the corruption.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class EtcdMapping {

  private final ErrorTable errors;

  /** Creates a mapping that judges failures by {@code errors}. */
  public EtcdMapping(ErrorTable errors) {
    this.errors = errors;
  }

  /** Returns the operations that have a request. */
  public Set<Class<? extends Operation>> supports() {
    return Set.of(
        Operation.Read.class,
        Operation.Write.class,
        Operation.CompareAndSet.class,
        Operation.Transaction.class);
  }

  /**
   * Returns the request that performs {@code operation}; of a transaction the first one, see {@link
   * #turn}.
   */
  public EtcdRequest request(Operation operation) {
    return switch (operation) {
      case Operation.Read(String key) -> new EtcdRequest.Range(key);
      case Operation.Write(String key, long value) ->
          new EtcdRequest.Put(key, Long.toString(value));
      case Operation.CompareAndSet(String key, long expected, long value) ->
          new EtcdRequest.PutIfValue(key, Long.toString(expected), Long.toString(value));
      case Operation.Transaction transaction -> TransactionMapping.begin(transaction);
    };
  }

  /** Returns how {@code operation} goes on after the reply to its first request. */
  public Turn turn(Operation operation, EtcdReply reply) {
    return operation instanceof Operation.Transaction transaction
            && reply instanceof EtcdReply.Seen seen
        ? TransactionMapping.turn(transaction, seen)
        : new Turn.Over(outcome(operation, reply));
  }

  /** Returns what a failure says of an operation that has sent no write yet. */
  public Outcome unwritten(CallFailure failure) {
    OperationError error = errors.classify(failure);
    return new Outcome.Fail(
        new OperationError(error.code(), error.message() + " (nothing was written yet)", true));
  }

  /** Returns what {@code reply} says of {@code operation}. */
  public Outcome outcome(Operation operation, EtcdReply reply) {
    return switch (reply) {
      case EtcdReply.Ranged(long revision, @Nullable KeyValue found) ->
          new Outcome.Ok(value(found), meta(revision, found));
      case EtcdReply.PutDone(long revision) ->
          new Outcome.Ok(operation.value(), meta(revision, null));
      case EtcdReply.Swapped(long revision) ->
          operation instanceof Operation.Transaction transaction
              ? TransactionMapping.written(transaction, new EtcdReply.Seen(0, Map.of()), revision)
              : new Outcome.Ok(operation.value(), meta(revision, null));
      case EtcdReply.Refused(long revision, @Nullable KeyValue found) ->
          new Outcome.Fail(refusal(operation, revision, found));
      case EtcdReply.Changed(long revision) -> TransactionMapping.refused(revision);
      case EtcdReply.Seen _ ->
          throw new IllegalArgumentException("a transaction is not over when it has read");
    };
  }

  /**
   * Returns what {@code failure} says of {@code operation}. A read that failed changed nothing, so
   * it is a {@code fail} whatever the error; a write is one only if the error is definite.
   */
  public Outcome outcome(Operation operation, CallFailure failure) {
    OperationError error = errors.classify(failure);
    return operation.isReadOnly() || error.definite()
        ? new Outcome.Fail(error)
        : new Outcome.Info(error);
  }

  private static OperationError refusal(
      Operation operation, long revision, @Nullable KeyValue found) {
    String held = found == null ? "absent" : found.value();
    return new OperationError(
        OperationError.COMPARE_FAILED,
        operation.key() + " was " + held + " at revision " + revision,
        true);
  }

  private static Json value(@Nullable KeyValue found) {
    if (found == null) {
      return Json.NULL;
    }
    try {
      return Json.of(Long.parseLong(found.value()));
    } catch (NumberFormatException _) {
      return Json.of(found.value());
    }
  }

  private static Json.Obj meta(long revision, @Nullable KeyValue found) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("revision", Json.of(revision));
    if (found != null) {
      members.put("modRevision", Json.of(found.modRevision()));
      members.put("version", Json.of(found.version()));
    }
    return new Json.Obj(members);
  }
}
