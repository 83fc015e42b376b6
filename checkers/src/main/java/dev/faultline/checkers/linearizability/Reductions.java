package dev.faultline.checkers.linearizability;

/**
 * Which reductions a search uses. None changes a verdict; tests switch each off to prove it.
 *
 * @param unchangingAtOnce an operation that would not change the state has no obligation left
 * @param absorption what happened directly before an overwriting call has no obligation left
 * @param classes of operations with equal calls in flight try only the one that is due first
 * @param dominance drop a configuration if another is as good
 * @param goals go only to values of a register that somebody still needs; needs the first two
 * @param leaveOutUnobserved leave out what {@link Unobserved} proves cannot matter
 */
record Reductions(
    boolean unchangingAtOnce,
    boolean absorption,
    boolean classes,
    boolean dominance,
    boolean goals,
    boolean leaveOutUnobserved) {

  static final Reductions ALL = new Reductions(true, true, true, true, true, true);
  static final Reductions NONE = new Reductions(false, false, false, false, false, false);
}
