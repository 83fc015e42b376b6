package dev.faultline.checkers;

import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.HistoryReader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A history for people who have only a file.
 *
 * <pre>{@code
 * Model<?> model = Models.named("cas-register").orElseThrow();
 * CheckResult result =
 *     HistoryFile.open(Path.of("history.ndjson")).check(new LinearizabilityChecker(model));
 * }</pre>
 *
 * @param path where it was read from
 * @param history what it holds
 */
public record HistoryFile(Path path, History history) {

  /**
   * Reads a history file, plain or gzipped.
   *
   * @throws dev.faultline.checkers.history.HistoryFormatException if it is malformed: where and why
   * @throws IOException if it cannot be read
   */
  public static HistoryFile open(Path path) throws IOException {
    return new HistoryFile(path, HistoryReader.read(path));
  }

  /** Checks it within the standard budget. */
  public CheckResult check(Checker checker) {
    return check(checker, Budget.standard());
  }

  /** Checks it within {@code budget}. */
  public CheckResult check(Checker checker, Budget budget) {
    return checker.check(new Recording(history, null), budget);
  }
}
