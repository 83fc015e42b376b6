package dev.faultline.checkers.edn;

import java.io.IOException;

/** Signals something that is not EDN: where, what, and what was expected. */
public final class EdnSyntaxException extends IOException {

  private static final long serialVersionUID = 1L;

  private final long line;
  private final int column;
  private final String problem;
  private final String expected;

  EdnSyntaxException(long line, int column, String problem, String expected) {
    super(line + ":" + column + ": " + problem + "; " + expected);
    this.line = line;
    this.column = column;
    this.problem = problem;
    this.expected = expected;
  }

  /** Returns the line, from 1. */
  public long line() {
    return line;
  }

  /** Returns the character within the line, from 1. */
  public int column() {
    return column;
  }

  /** Returns what is wrong. */
  public String problem() {
    return problem;
  }

  /** Returns what was expected. */
  public String expected() {
    return expected;
  }
}
