package dev.faultline.checkers.linearizability;

/**
 * Which reductions a search uses. None changes a verdict; tests switch each off to prove it.
 *
 * @param readsAtOnce place operations that never change the state as soon as they fit
 * @param identicalInOrder of identical operations in flight try only the one due first
 * @param leaveOutUnobserved leave out what {@link Unobserved} proves cannot matter
 */
record Reductions(boolean readsAtOnce, boolean identicalInOrder, boolean leaveOutUnobserved) {

  static final Reductions ALL = new Reductions(true, true, true);
  static final Reductions NONE = new Reductions(false, false, false);
}
