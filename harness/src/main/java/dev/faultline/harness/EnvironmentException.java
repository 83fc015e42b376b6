package dev.faultline.harness;

/** The machine cannot do what the run needs; nothing was started, or all of it was ended again. */
public final class EnvironmentException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Makes one from what is missing and what to do about it. */
  public EnvironmentException(String what, String remedy) {
    super(what + "\n  " + remedy);
  }

  /** Makes one with its cause. */
  public EnvironmentException(String what, String remedy, Throwable cause) {
    super(what + "\n  " + remedy, cause);
  }
}
