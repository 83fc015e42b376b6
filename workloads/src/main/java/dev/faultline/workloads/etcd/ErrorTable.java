package dev.faultline.workloads.etcd;

import static dev.faultline.workloads.etcd.ErrorRule.ANY;

import dev.faultline.checkers.history.OperationError;
import java.util.List;

/**
 * Which errors prove that an operation had no effect. The first rule that covers a failure decides;
 * the last one covers everything and is indefinite.
 *
 * <p>The rows follow etcd's server: the texts are those of its package {@code rpctypes}, and a row
 * is definite only if every path in the server that ends in this error either refuses the request
 * before it is proposed or refuses to apply it on every node alike. Two rows differ from what one
 * would guess, on purpose:
 *
 * <ul>
 *   <li>{@code mvcc: database space exceeded} is <em>indefinite</em>: the apply step checks the
 *       quota, performs the put all the same, and then answers with this error ({@code
 *       quotaApplierV3}).
 *   <li>{@code UNAVAILABLE} is indefinite with whatever text, {@code no leader} included: etcd's
 *       own client retries writes on it only when no connection was there to send them over.
 * </ul>
 *
 * <p>Immutable.
 */
public final class ErrorTable {

  private static final ErrorTable ETCD =
      new ErrorTable(
          List.of(
              // Nothing was sent: the only definite failures that the client can prove by itself.
              definiteUnsent("DEADLINE_EXCEEDED", "not-connected", "no connection was up in time"),
              definiteUnsent("UNAVAILABLE", "not-connected", "no connection could be opened"),
              definiteUnsent(ANY, "not-sent", "the call ended before a connection took it up"),
              // Refused before anything was proposed, or by every node alike when applied.
              definite("RESOURCE_EXHAUSTED", "etcdserver: too many requests", "too-many-requests")
                  .because("refused before it is proposed: applying lags too far behind"),
              definite("UNKNOWN", "etcdserver: too many requests", "too-many-requests")
                  .because("the same refusal, as etcd's releases send it (no gRPC code)"),
              definite("FAILED_PRECONDITION", "etcdserver: not leader", "not-leader")
                  .because("the node refused instead of proposing"),
              definite("FAILED_PRECONDITION", "", "failed-precondition")
                  .because("refused for the state that the system is in"),
              definite("INVALID_ARGUMENT", "", "invalid-argument")
                  .because("refused for what the request says, whatever the state"),
              definite("NOT_FOUND", "", "not-found").because("what the request names is not there"),
              definite("OUT_OF_RANGE", "", "out-of-range")
                  .because("the revision asked for is compacted or not reached yet"),
              definite("UNIMPLEMENTED", "", "unimplemented")
                  .because("the server has no such method"),
              // In the log, perhaps, and perhaps committed later.
              indefinite("UNAVAILABLE", "etcdserver: request timed out", "timeout")
                  .because("proposed and not seen to commit in time; it still may"),
              indefinite("UNAVAILABLE", "etcdserver: leader changed", "leader-changed")
                  .because("the proposal may be in the new leader's log"),
              indefinite("UNAVAILABLE", "etcdserver: no leader", "no-leader")
                  .because("the leader may have been lost after the proposal"),
              indefinite("UNAVAILABLE", "etcdserver: server stopped", "server-stopped")
                  .because("the server may have stopped after the proposal"),
              indefinite("UNAVAILABLE", "", "unavailable")
                  .because("the connection broke, at a moment that the client does not know"),
              indefinite("RESOURCE_EXHAUSTED", "database space exceeded", "no-space")
                  .because("etcd answers with this after it has applied the put"),
              indefinite("RESOURCE_EXHAUSTED", "", "resource-exhausted")
                  .because("also said of a reply that is too large, after the fact"),
              indefinite("DEADLINE_EXCEEDED", "", "timeout")
                  .because("no answer in time says nothing of what was done"),
              indefinite("CANCELLED", "", "cancelled").because("given up while under way"),
              indefinite("ABORTED", "", "aborted").because("etcd does not say when it aborts"),
              indefinite("INTERNAL", "", "internal").because("anything may have gone wrong"),
              indefinite("DATA_LOSS", "", "data-loss").because("the store says it is corrupt"),
              indefinite("UNKNOWN", "", "unknown")
                  .because("what etcd has no code for, such as a dropped proposal"),
              indefinite(ANY, "", "unknown").because("no rule says otherwise")));

  private final List<ErrorRule> rules;

  private ErrorTable(List<ErrorRule> rules) {
    this.rules = rules;
  }

  /** Returns the table for stores that answer as etcd does. */
  public static ErrorTable etcd() {
    return ETCD;
  }

  /** Returns the rows in the order in which they are tried. */
  public List<ErrorRule> rows() {
    return rules;
  }

  /** Returns what {@code failure} is called and whether it is definite. */
  public OperationError classify(CallFailure failure) {
    ErrorRule rule =
        rules.stream().filter(candidate -> candidate.covers(failure)).findFirst().orElseThrow();
    String said = failure.message().isEmpty() ? "" : ": " + failure.message();
    return new OperationError(rule.code(), failure.status() + said, rule.definite());
  }

  private static ErrorRule definiteUnsent(String status, String code, String why) {
    return new ErrorRule(status, "", true, code, true, why + "; no byte of the request was sent");
  }

  private static Unexplained definite(String status, String text, String code) {
    return why -> new ErrorRule(status, text, false, code, true, why);
  }

  private static Unexplained indefinite(String status, String text, String code) {
    return why -> new ErrorRule(status, text, false, code, false, why);
  }

  /** A row that still lacks its reason. */
  private interface Unexplained {
    ErrorRule because(String why);
  }
}
