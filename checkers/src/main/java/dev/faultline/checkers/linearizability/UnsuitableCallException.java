package dev.faultline.checkers.linearizability;

/** Signals an operation that is none of the model's. */
final class UnsuitableCallException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int event;

  UnsuitableCallException(int event, String problem) {
    super(problem + " (event " + event + ")");
    this.event = event;
  }

  /** Returns the index of the invocation. */
  int event() {
    return event;
  }
}
