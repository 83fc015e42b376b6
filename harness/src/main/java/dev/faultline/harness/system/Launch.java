package dev.faultline.harness.system;

import java.util.List;
import java.util.Map;

/**
 * How one node is started.
 *
 * @param words the command, or for a container what follows its image's entry point
 * @param environment what is added to the environment
 */
public record Launch(List<String> words, Map<String, String> environment) {

  public Launch {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }

  /** Returns a launch with nothing added to the environment. */
  public static Launch of(List<String> words) {
    return new Launch(words, Map.of());
  }
}
