package dev.faultline.results;

/** What was taken for a run's directory is none. The message is meant for the user. */
public final class NotARunException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotARunException(String message) {
    super(message);
  }
}
