package dev.faultline.results;

import java.nio.file.Path;

/**
 * A file that Faultline wrote cannot be understood any more. The message is meant for the user and
 * begins with file, line and column.
 */
public final class MalformedResultException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MalformedResultException(Path file, int line, int column, String message, Throwable cause) {
    super(file + ":" + Math.max(line, 1) + ":" + Math.max(column, 1) + ": " + message, cause);
  }
}
