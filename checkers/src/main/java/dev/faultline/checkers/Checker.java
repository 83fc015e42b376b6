package dev.faultline.checkers;

/**
 * Proves or refutes one promise from a recording.
 *
 * <p>Implementations are immutable and may be used by several threads at once. A checker never
 * throws for what a history contains: what it cannot judge is UNKNOWN. It honours the budget inside
 * its innermost loop.
 */
public interface Checker {

  /** Returns the name by which users choose this checker, such as {@code linearizable}. */
  String name();

  /** Checks {@code recording} within {@code budget}. */
  CheckResult check(Recording recording, Budget budget);
}
