package dev.faultline.harness.scenario;

/** A scenario cannot be understood; the message says where, why, and what to write instead. */
public final class ScenarioException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Makes one from {@code where} (a file with line and column, or an option) and {@code what} is
   * wrong there.
   */
  public ScenarioException(String where, String what) {
    super(where + ": " + what);
  }
}
