package dev.faultline.results;

import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.transactions.Diagram;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Writes the pictures of cycles of transactions as SVG files, one for each cycle. */
public final class CyclePictures {

  private CyclePictures() {}

  /**
   * Writes the pictures in {@code results} to {@code directory}, which is created if there are any.
   *
   * @param prefix what the names of the files begin with; may be empty
   * @return the files, those of violations first
   */
  public static List<Path> write(Path directory, String prefix, Collection<CheckResult> results)
      throws IOException {
    List<Path> written = new ArrayList<>();
    for (CheckResult result : results) {
      for (Diagram diagram : Diagram.of(result)) {
        Files.createDirectories(directory);
        Path file = directory.resolve(prefix + diagram.name() + ".svg");
        written.add(Files.writeString(file, diagram.svg()));
      }
    }
    return List.copyOf(written);
  }

  /** Writes those of a run, in place of the ones that an earlier check has left. */
  public static void replace(Path directory, Collection<CheckResult> results) throws IOException {
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> old = Files.newDirectoryStream(directory, "*.svg")) {
        for (Path file : old) {
          Files.delete(file);
        }
      }
    }
    write(directory, "", results);
  }

  /** Tells whether {@code results} hold any. */
  static boolean isAnyIn(Collection<CheckResult> results) {
    return results.stream().anyMatch(result -> !Diagram.of(result).isEmpty());
  }
}
