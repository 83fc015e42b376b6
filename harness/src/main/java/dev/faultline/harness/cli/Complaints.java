package dev.faultline.harness.cli;

import dev.faultline.checkers.history.HistoryFormatException;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.scenario.ScenarioException;
import dev.faultline.results.ExitCode;
import dev.faultline.results.MalformedResultException;
import dev.faultline.results.NotARunException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says of a failure what a user can act on, and with which code to exit. */
final class Complaints {

  private Complaints() {}

  /** Returns the code that a command exits with after {@code failure}. */
  static ExitCode exitCode(Exception failure) {
    return switch (failure) {
      case ScenarioException _,
          HistoryFormatException _,
          MalformedResultException _,
          NotARunException _,
          NoSuchFileException _,
          AccessDeniedException _ ->
          ExitCode.BAD_INPUT;
      case EnvironmentException _ -> ExitCode.NOT_READY;
      case IOException _ -> ExitCode.UNKNOWN;
      default -> ExitCode.INTERNAL_ERROR;
    };
  }

  /** Returns what to tell the user of {@code failure}. */
  static String text(Exception failure) {
    return switch (failure) {
      case NoSuchFileException e -> "there is no file " + e.getFile();
      case AccessDeniedException e -> "no permission to use " + e.getFile();
      case FileSystemException e when e.getReason() != null -> e.getFile() + ": " + e.getReason();
      case RuntimeException e when exitCode(e) == ExitCode.INTERNAL_ERROR -> e.toString();
      default -> String.valueOf(failure.getMessage());
    };
  }
}
