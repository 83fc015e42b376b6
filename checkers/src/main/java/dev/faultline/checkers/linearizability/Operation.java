package dev.faultline.checkers.linearizability;

/**
 * One operation of one key.
 *
 * @param invocation index of its invocation in the history
 * @param completion index of its completion, {@link #NEVER} if it has none that bounds it
 * @param call what the model is told
 */
record Operation(int invocation, int completion, Call call) {

  /** The completion of an operation that may take effect at any later moment. */
  static final int NEVER = Integer.MAX_VALUE;

  boolean isOpenEnded() {
    return completion == NEVER;
  }

  boolean precedes(Operation other) {
    return completion < other.invocation;
  }

  /** Returns this operation as it was known at {@code event}: perhaps without its answer. */
  Operation knownAt(int event) {
    return completion <= event ? this : new Operation(invocation, NEVER, call.unanswered());
  }
}
