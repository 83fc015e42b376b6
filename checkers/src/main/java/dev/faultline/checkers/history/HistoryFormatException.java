package dev.faultline.checkers.history;

import java.io.IOException;
import java.nio.file.Path;

/** Signals a history file that is malformed: where, what, and what to do. */
public final class HistoryFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String file;
  private final long line;
  private final int column;
  private final String problem;
  private final String remedy;

  HistoryFormatException(Path file, long line, int column, String problem, String remedy) {
    super(file + ":" + line + ":" + column + ": " + problem + "; " + remedy);
    this.file = file.toString();
    this.line = line;
    this.column = column;
    this.problem = problem;
    this.remedy = remedy;
  }

  /** Signals something that is about the file as a whole. */
  HistoryFormatException(Path file, String problem, String remedy) {
    super(file + ": " + problem + "; " + remedy);
    this.file = file.toString();
    this.line = 0;
    this.column = 0;
    this.problem = problem;
    this.remedy = remedy;
  }

  /** Returns the file. */
  public String file() {
    return file;
  }

  /** Returns the line, from 1; 0 if it is about the file as a whole. */
  public long line() {
    return line;
  }

  /** Returns the character within the line, from 1; 0 if it is about the file as a whole. */
  public int column() {
    return column;
  }

  /** Returns what is wrong. */
  public String problem() {
    return problem;
  }

  /** Returns what to do about it. */
  public String remedy() {
    return remedy;
  }
}
