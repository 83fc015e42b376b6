package dev.faultline.harness.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.faultline.harness.EnvironmentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sees to it that an image is there: one that the engine has, else a pull under a deadline, else
 * our own recipe, else a clear error. An image of our own recipe is brought up to date first, for
 * it holds our own code.
 */
final class Images {

  private static final Duration PULL_WITHIN = Duration.ofSeconds(60);
  private static final Duration BUILD_WITHIN = Duration.ofMinutes(15);
  private static final int LINES_SHOWN = 15;

  private final DockerClient client;
  private final Consumer<String> progress;

  Images(DockerClient client, Consumer<String> progress) {
    this.client = client;
    this.progress = progress;
  }

  /**
   * Makes sure that the engine has {@code reference}.
   *
   * @param recipe what {@code docker/build-images} calls it, if it is ours
   * @throws EnvironmentException if it cannot be had
   */
  void ensure(String reference, Optional<String> recipe) throws EnvironmentException {
    Optional<Path> builder = recipe.flatMap(_ -> builder());
    if (recipe.isPresent() && builder.isPresent()) {
      build(builder.get(), recipe.get(), reference);
    } else if (!isLocal(reference)) {
      pull(reference);
    }
  }

  private boolean isLocal(String reference) {
    try {
      client.inspectImageCmd(reference).exec();
      return true;
    } catch (NotFoundException _) {
      return false;
    }
  }

  private void pull(String reference) throws EnvironmentException {
    progress.accept("pulling " + reference);
    String why;
    try {
      if (client
              .pullImageCmd(reference)
              .start()
              .awaitCompletion(PULL_WITHIN.toSeconds(), TimeUnit.SECONDS)
          && isLocal(reference)) {
        return;
      }
      why = "it could not be pulled within " + PULL_WITHIN.toSeconds() + " s";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      why = "interrupted";
    } catch (RuntimeException e) {
      why = String.valueOf(e.getMessage()).strip();
    }
    throw new EnvironmentException(
        "the image " + reference + " is not there: " + why,
        "Pull or build it by hand, or name another one with --image.");
  }

  /** The script is beside the sources; an installation without them pulls. */
  private static Optional<Path> builder() {
    return Optional.ofNullable(System.getProperty("faultline.home"))
        .map(home -> Path.of(home, "docker", "build-images"))
        .filter(Files::isExecutable);
  }

  /** The script looks by itself whether there is anything to do. */
  private void build(Path builder, String recipe, String reference) throws EnvironmentException {
    if (!isLocal(reference)) {
      progress.accept("building the image " + reference + ", once");
    }
    try {
      Path log = Files.createTempFile("faultline-image", ".log");
      Process process =
          new ProcessBuilder(builder.toString(), recipe)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      process.getOutputStream().close();
      try {
        if (!process.waitFor(BUILD_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
          throw notBuilt(reference, "not within " + BUILD_WITHIN.toMinutes() + " min", log);
        }
        if (process.exitValue() != 0) {
          throw notBuilt(reference, "exit code " + process.exitValue(), log);
        }
        Files.delete(log);
      } finally {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          "the image " + reference + " cannot be built: " + e.getMessage(),
          "Run " + builder + " " + recipe + " by hand.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException(
          "interrupted while the image " + reference + " was built", "Try again.", e);
    }
  }

  private static EnvironmentException notBuilt(String reference, String why, Path log)
      throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
    return new EnvironmentException(
        "the image " + reference + " could not be built: " + why,
        "The end of "
            + log
            + ":\n    "
            + String.join(
                "\n    ", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size())));
  }
}
