package dev.faultline.nemeses;

/**
 * A fault or a fault plan that cannot be used, found before anything was started. The message says
 * what is wrong and where; {@link #remedy} says what to do about it.
 */
public final class PlanException extends RuntimeException {

  private final String remedy;

  /** Creates an exception that says what is wrong, and what to do. */
  public PlanException(String message, String remedy) {
    super(message);
    this.remedy = remedy;
  }

  /** Returns what the user can do, as a sentence. */
  public String remedy() {
    return remedy;
  }
}
