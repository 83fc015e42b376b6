package dev.faultline.checkers.history;

/**
 * Why an operation did not end {@code ok}.
 *
 * @param code a short stable word, such as {@code compare-failed}, {@code timeout}, {@code
 *     unavailable}
 * @param message what the system or the client said
 * @param definite whether the error proves that the operation had no effect and never will
 */
public record OperationError(String code, String message, boolean definite) {

  /** The code of a compare-and-set that was refused: an observation, not only a failure. */
  public static final String COMPARE_FAILED = "compare-failed";
}
