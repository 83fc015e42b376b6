package dev.faultline.checkers.transactions;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where histories with known verdicts lie: in {@code elle/} of the directory that the property
 * {@code faultline.data} or the environment's {@code FAULTLINE_DATA} names. They are of third
 * parties and no part of this project; tests that need them are skipped without.
 */
public final class GoldenData {

  private GoldenData() {}

  /** Returns the file called {@code name}, if it is there. */
  public static Optional<Path> file(String name) {
    String named = System.getProperty("faultline.data", System.getenv("FAULTLINE_DATA"));
    Path directory = named != null ? Path.of(named) : Path.of("..", "..", "shared", "data");
    return Optional.of(directory.resolve("elle").resolve(name)).filter(Files::isReadable);
  }
}
