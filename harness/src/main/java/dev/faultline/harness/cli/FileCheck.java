package dev.faultline.harness.cli;

import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.history.History;
import dev.faultline.harness.scenario.ScenarioException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Judges one history file, as the options of {@code check} say. */
interface FileCheck {

  /**
   * Reads and judges {@code file}.
   *
   * @throws IOException if it cannot be read, or is no history
   * @throws ScenarioException if it has not got what an option asks for
   */
  Checked check(Path file) throws IOException, ScenarioException;

  /**
   * What became of a file.
   *
   * @param operations how many operations it holds
   * @param readNanos how long it took to read, if that can be told apart from checking
   * @param history the history, or what of it is needed to show the findings, if it is one of
   *     operations on objects
   */
  record Checked(
      long operations, OptionalLong readNanos, CheckResult result, @Nullable History history) {}
}
