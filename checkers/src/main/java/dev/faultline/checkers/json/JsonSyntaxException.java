package dev.faultline.checkers.json;

/** Signals text that is not JSON, with the place and what was expected there. */
public final class JsonSyntaxException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;
  private final String problem;

  /**
   * Creates one.
   *
   * @param line line within the text, from 1
   * @param column character within the line, from 1
   * @param problem what was expected and what was found
   */
  public JsonSyntaxException(int line, int column, String problem) {
    super("line " + line + ", column " + column + ": " + problem);
    this.line = line;
    this.column = column;
    this.problem = problem;
  }

  /** Returns the line within the text, from 1. */
  public int line() {
    return line;
  }

  /** Returns the character within the line, from 1. */
  public int column() {
    return column;
  }

  /** Returns what was expected and what was found, without the place. */
  public String problem() {
    return problem;
  }
}
