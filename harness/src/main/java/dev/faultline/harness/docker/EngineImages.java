package dev.faultline.harness.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.PullResponseItem;
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

/** The images of a container engine, the registries that it pulls from, and our own recipes. */
final class EngineImages implements Images.Sources {

  private static final Duration PULL_WITHIN = Duration.ofSeconds(60);
  private static final Duration BUILD_WITHIN = Duration.ofMinutes(15);
  private static final int LINES_SHOWN = 15;

  private final DockerClient client;
  private final Consumer<String> progress;

  EngineImages(DockerClient client, Consumer<String> progress) {
    this.client = client;
    this.progress = progress;
  }

  @Override
  public boolean isLocal(String reference) throws EnvironmentException {
    try {
      client.inspectImageCmd(reference).exec();
      return true;
    } catch (NotFoundException _) {
      return false;
    } catch (RuntimeException e) { // The client's own, or whatever its connection throws.
      throw new EnvironmentException(
          "whether the image " + reference + " is there cannot be told: " + e.getMessage(),
          "'./faultline doctor' tells what is missing.",
          e);
    }
  }

  @Override
  public void pull(String reference) throws EnvironmentException {
    progress.accept("pulling " + reference);
    String why;
    try (ResultCallback.Adapter<PullResponseItem> pulling =
        client.pullImageCmd(reference).start()) {
      if (pulling.awaitCompletion(PULL_WITHIN.toSeconds(), TimeUnit.SECONDS)
          && isLocal(reference)) {
        return;
      }
      why = "it could not be pulled within " + PULL_WITHIN.toSeconds() + " s";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      why = "interrupted";
    } catch (IOException | RuntimeException e) {
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

  @Override
  public boolean canBuild() {
    return builder().isPresent();
  }

  /** The script looks by itself whether there is anything to do. */
  @Override
  public void build(String recipe, String reference) throws EnvironmentException {
    Path builder =
        builder().orElseThrow(() -> new IllegalStateException("there is nothing to build with"));
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
