package dev.faultline.harness.system;

/** A system file, or a class that it names, is not what it should be. */
public final class SystemFileException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String where;
  private final String what;

  /** Makes one from {@code where} (a file with line and column) and {@code what} is wrong there. */
  public SystemFileException(String where, String what) {
    super(where + ": " + what);
    this.where = where;
    this.what = what;
  }

  /** Returns where it is wrong: a file, with line and column if they are known. */
  public String where() {
    return where;
  }

  /** Returns what is wrong there, and what to write instead. */
  public String what() {
    return what;
  }
}
