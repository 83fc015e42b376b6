package dev.faultline.checkers.transactions;

/** Receives dependencies with the exact micro-operations that they are between. */
@FunctionalInterface
interface DependencySink {

  /**
   * Takes one dependency.
   *
   * @param from the transaction that comes first
   * @param to the one that comes after it, perhaps the same
   * @param kind a kind of {@link dev.faultline.checkers.transactions.graph.Dependency}
   * @param fromOperation the micro-operation of {@code from} that shows it
   * @param toOperation that of {@code to}
   */
  void depends(int from, int to, int kind, int fromOperation, int toOperation);

  /**
   * Takes dependencies of one kind from {@code from} to all of {@code fan}; one by one, unless
   * overridden.
   */
  default void dependsOnAll(int from, Fan fan, int kind, int fromOperation) {
    for (int i = 0; i < fan.transactions().length; i++) {
      depends(from, fan.transactions()[i], kind, fromOperation, fan.operations()[i]);
    }
  }
}
