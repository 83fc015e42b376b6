package dev.faultline.results;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The directory of one run: {@code <base>/<time>-<name>/}, with the time in UTC.
 *
 * <p>Creating one makes {@code <base>/latest} point at it: a relative symbolic link, replaced in
 * one step, or a text file with the directory's name where the file system knows no such links.
 * Immutable and safe for use by several threads and processes.
 *
 * @param path the directory
 */
public record RunDirectory(Path path) {

  /** The name of the pointer to the newest run. */
  public static final String LATEST = "latest";

  private static final String HISTORY = "history.ndjson";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** More runs than this do not start in one second with one name. */
  private static final int MAX_SAME_SECOND = 10_000;

  /**
   * Creates the directory of a run that started at {@code started}. It is never one that existed
   * before: of two runs that start in the same second, the second gets {@code -2} at its end.
   *
   * @param base where run directories lie; created if it is missing
   * @param name the scenario's name; what a path cannot hold is replaced by {@code -}
   * @throws IOException if it cannot be created
   */
  public static RunDirectory create(Path base, String name, Instant started) throws IOException {
    Path directory = createUnused(base, name, started);
    Files.createDirectory(directory.resolve("logs"));
    return new RunDirectory(directory);
  }

  /**
   * Creates a directory as {@link #create} does, for something else that was begun at {@code
   * started}, such as a comparison of runs. {@code latest} points at it.
   *
   * @throws IOException if it cannot be created
   */
  public static Path createUnused(Path base, String name, Instant started) throws IOException {
    Files.createDirectories(base);
    String stem = TIME.format(started) + "-" + plain(name);
    for (int attempt = 1; attempt <= MAX_SAME_SECOND; attempt++) {
      Path candidate = base.resolve(attempt == 1 ? stem : stem + "-" + attempt);
      try {
        Files.createDirectory(candidate);
        pointLatest(base, candidate.getFileName());
        return candidate;
      } catch (FileAlreadyExistsException _) {
        // Another run has taken this name; the next one is tried.
      }
    }
    throw new FileAlreadyExistsException(base.resolve(stem).toString());
  }

  /**
   * Opens the directory of a run that was recorded before, to look at it or to check it again. It
   * needs a history; a run that was killed has left nothing else.
   *
   * @param path a run directory, or the pointer {@code latest}, of either kind
   * @throws NotARunException if there is none; the message says what is missing and what to do
   */
  public static RunDirectory open(Path path) {
    Path directory = Files.isRegularFile(path) ? follow(path) : path;
    if (!Files.exists(directory)) {
      throw new NotARunException(
          directory + " does not exist. Runs lie in results/runs unless --out said otherwise.");
    }
    if (!Files.isDirectory(directory)) {
      throw new NotARunException(directory + " is a file; give the run's directory.");
    }
    if (!Files.isRegularFile(directory.resolve(HISTORY))) {
      String hint =
          Files.exists(directory.resolve(LATEST))
              ? " It holds runs: give one of them, or " + directory.resolve(LATEST) + "."
              : "";
      throw new NotARunException(
          directory + " is not a run's directory: it has no " + HISTORY + "." + hint);
    }
    return new RunDirectory(directory);
  }

  /** Returns {@code run.json}, the {@link RunSummary}. */
  public Path runJson() {
    return path.resolve("run.json");
  }

  /** Returns {@code scenario.yaml}, the scenario as it was resolved. */
  public Path scenarioYaml() {
    return path.resolve("scenario.yaml");
  }

  /** Returns {@code plan.json}, the fault plan. */
  public Path planJson() {
    return path.resolve("plan.json");
  }

  /** Returns {@code history.ndjson}. */
  public Path historyNdjson() {
    return path.resolve(HISTORY);
  }

  /** Returns {@code results.json}, the {@link RunResults}. */
  public Path resultsJson() {
    return path.resolve("results.json");
  }

  /** Returns {@code junit.xml}. */
  public Path junitXml() {
    return path.resolve("junit.xml");
  }

  /** Returns {@code summary.md}. */
  public Path summaryMarkdown() {
    return path.resolve("summary.md");
  }

  /** Returns the directory for the pictures of cycles of transactions, as SVG. */
  public Path cycles() {
    return path.resolve("cycles");
  }

  /** Returns the directory with one sub-directory of log files for each node. */
  public Path logs() {
    return path.resolve("logs");
  }

  /** Returns the directory for the log files of {@code node}. */
  public Path logs(String node) {
    return logs().resolve(plain(node));
  }

  private static String plain(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+|[.-]+$", "");
    return plain.isEmpty() ? "run" : plain;
  }

  private static Path follow(Path pointer) {
    try {
      String name = Files.readString(pointer).strip();
      boolean isPointer = pointer.endsWith(LATEST) && !name.isEmpty() && !name.contains("\n");
      return isPointer ? pointer.resolveSibling(name) : pointer;
    } catch (IOException e) {
      throw new NotARunException(pointer + " cannot be read: " + e.getMessage());
    }
  }

  private static void pointLatest(Path base, Path directoryName) throws IOException {
    // Made under a name of its own and moved into place, so that a reader never finds it missing.
    Path fresh = base.resolve("." + LATEST + "-" + directoryName);
    Files.deleteIfExists(fresh);
    try {
      Files.createSymbolicLink(fresh, directoryName);
    } catch (UnsupportedOperationException | FileSystemException _) {
      Files.writeString(fresh, directoryName + "\n", StandardCharsets.UTF_8);
    }
    moveIntoPlace(fresh, base.resolve(LATEST));
  }

  private static void moveIntoPlace(Path fresh, Path place) throws IOException {
    try {
      Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException _) {
      Files.move(fresh, place, StandardCopyOption.REPLACE_EXISTING);
    } catch (NoSuchFileException _) {
      // Someone cleaned up in between; the pointer is a convenience and not worth a run.
    }
  }
}
