package dev.faultline.harness.system;

import dev.faultline.harness.EnvironmentException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program that a system is started by.
 *
 * @param name what it is called on the path
 * @param remedy how it can be had
 */
public record Program(String name, String remedy) {

  /** Returns where the program is on the path, if it is; a name with a slash is a path itself. */
  public Optional<Path> onPath() {
    if (name.contains("/")) {
      return Optional.of(Path.of(name)).filter(Files::isExecutable);
    }
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Returns the program that {@code options} name, or else the one on the path.
   *
   * @throws EnvironmentException if there is none
   */
  String find(SystemOptions options) throws EnvironmentException {
    if (options.program().isPresent()) {
      Path named = Path.of(options.program().get()).toAbsolutePath();
      if (!Files.isExecutable(named)) {
        throw new EnvironmentException(
            "there is no program " + named, "Name one that can be executed with --program.");
      }
      return named.toString();
    }
    return onPath()
        .orElseThrow(() ->
            new EnvironmentException(
                name.contains("/") ? "there is no program " + name : name + " is not on the path",
                "Install it (" + remedy + "), name it with --program, or use --cluster docker."))
        .toString();
  }
}
