package dev.faultline.checkers.linearizability;

/**
 * Signals that the time is up, out of an algorithm that has nothing to show for half of its work.
 *
 * <p>Unchecked, because it crosses code that knows nothing of budgets; whoever hands out {@link
 * Limits} catches it.
 */
final class BudgetSpentException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BudgetSpentException() {
    super("out of time", null, false, false);
  }
}
