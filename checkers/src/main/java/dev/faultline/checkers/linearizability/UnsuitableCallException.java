package dev.faultline.checkers.linearizability;

/** Signals an operation that is none of the model's. */
final class UnsuitableCallException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int place;

  UnsuitableCallException(int place, String problem) {
    super(problem + " (event " + place + ")");
    this.place = place;
  }

  /** Returns the place of the invocation. */
  int place() {
    return place;
  }
}
