package dev.faultline.checkers.linearizability;

/** Is told how far a check came; several threads may call, so that it may go backwards. */
@FunctionalInterface
public interface CheckProgress {

  /** Does nothing. */
  CheckProgress SILENT = (_, _) -> {};

  /**
   * Tells that some keys are done.
   *
   * @param keysDone how many
   * @param keys how many there are
   */
  void advanced(int keysDone, int keys);
}
