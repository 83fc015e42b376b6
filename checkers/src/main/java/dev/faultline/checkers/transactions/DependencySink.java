package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.graph.Dependency;

/** Receives dependencies with the exact micro-operations that they are between. */
@FunctionalInterface
interface DependencySink {

  /**
   * Takes one dependency.
   *
   * @param from the transaction that comes first
   * @param to the one that comes after it, perhaps the same
   * @param kind a kind of {@link Dependency}
   * @param fromOperation the micro-operation of {@code from} that shows it
   * @param toOperation that of {@code to}
   */
  void depends(int from, int to, int kind, int fromOperation, int toOperation);

  /** Takes the anti-dependency of each read of {@code crowd} on each of its writes. */
  default void overwrote(Crowd crowd) {
    for (int read = 0; read < crowd.reads().length; read++) {
      for (int write = 0; write < crowd.writes().length; write++) {
        depends(
            crowd.readers()[read],
            crowd.writers()[write],
            Dependency.RW,
            crowd.reads()[read],
            crowd.writes()[write]);
      }
    }
  }
}
