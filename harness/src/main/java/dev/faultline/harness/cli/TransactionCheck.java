package dev.faultline.harness.cli;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.HistoryFormat;
import dev.faultline.checkers.history.HistoryImport;
import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.transactions.TransactionChecker;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Judges a history of transactions; one of our own lines goes into columns while it is read, so
 * that reading and checking are not told apart.
 *
 * @param format what the files are; if empty, what they look like
 * @param err where progress is shown
 */
record TransactionCheck(
    Optional<HistoryFormat> format, TransactionChecker checker, Budget budget, PrintWriter err)
    implements FileCheck {

  @Override
  public Checked check(Path file) throws IOException {
    try (CheckDisplay _ = new CheckDisplay(err, file)) {
      HistoryFormat actual = HistoryImport.format(file, format);
      if (actual == HistoryFormat.NDJSON) {
        return checked(OptionalLong.empty(), checker.check(file, budget));
      }
      long startNanos = System.nanoTime();
      History history = HistoryImport.read(file, Optional.of(actual));
      OptionalLong readNanos = OptionalLong.of(System.nanoTime() - startNanos);
      return checked(readNanos, checker.check(new Recording(history, null), budget));
    }
  }

  private static Checked checked(OptionalLong readNanos, CheckResult result) {
    long transactions =
        result.details().members().get("transactions") instanceof Json.Int(long count) ? count : 0;
    return new Checked(transactions, readNanos, result, null);
  }
}
