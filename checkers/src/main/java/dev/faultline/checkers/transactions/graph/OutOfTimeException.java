package dev.faultline.checkers.transactions.graph;

/**
 * Signals that a {@link Deadline} is over, out of work that is worth nothing if only half done.
 *
 * <p>Unchecked, because it crosses code that knows nothing of deadlines; who has something to show
 * for the time that was spent catches it.
 */
public final class OutOfTimeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OutOfTimeException() {
    super("out of time", null, false, false);
  }
}
