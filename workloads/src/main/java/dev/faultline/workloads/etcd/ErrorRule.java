package dev.faultline.workloads.etcd;

/**
 * One row of the {@link ErrorTable}: which failures it is about and what is known of them.
 *
 * @param status the gRPC status code's name, or {@link #ANY}
 * @param text a text that the message contains, or empty for any message
 * @param unsentOnly whether this is only about requests that never left the client
 * @param code the word for this error in histories
 * @param definite whether the operation had no effect and never will
 * @param why the reason that it is, or is not, definite
 */
public record ErrorRule(
    String status, String text, boolean unsentOnly, String code, boolean definite, String why) {

  /** Stands for every status. */
  public static final String ANY = "*";

  /** Tells whether this rule is about {@code failure}. */
  boolean covers(CallFailure failure) {
    return (status.equals(ANY) || status.equals(failure.status()))
        && failure.message().contains(text)
        && !(unsentOnly && failure.sent());
  }
}
