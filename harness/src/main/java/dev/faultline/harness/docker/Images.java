package dev.faultline.harness.docker;

import dev.faultline.harness.EnvironmentException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sees to it that an image is there: the one that the engine has, else what our own recipe makes,
 * else a pull, else a clear error.
 *
 * <p>The image of the bundled server holds code that changes with ours, so that one is brought up
 * to date first. Where that fails, the one that the engine has does, and the user is told.
 */
final class Images {

  private static final String OUR_SERVER = "raft";

  /** Where images come from. */
  interface Sources {

    /** Tells whether the engine has {@code reference}. */
    boolean isLocal(String reference) throws EnvironmentException;

    /** Tells whether recipes can be followed here. */
    boolean canBuild();

    /** Follows {@code recipe}, which makes {@code reference}. */
    void build(String recipe, String reference) throws EnvironmentException;

    /** Gets {@code reference} from a registry, under a deadline. */
    void pull(String reference) throws EnvironmentException;
  }

  private final Sources sources;
  private final Consumer<String> progress;

  Images(Sources sources, Consumer<String> progress) {
    this.sources = sources;
    this.progress = progress;
  }

  /**
   * Makes sure that the engine has {@code reference}.
   *
   * @param recipe what {@code docker/build-images} calls it, if it is ours
   * @throws EnvironmentException if it cannot be had
   */
  void ensure(String reference, Optional<String> recipe) throws EnvironmentException {
    boolean builds = recipe.isPresent() && sources.canBuild();
    boolean local = sources.isLocal(reference);
    if (local && builds && recipe.get().equals(OUR_SERVER)) {
      bringUpToDate(reference, recipe.get());
    } else if (!local && builds) {
      sources.build(recipe.get(), reference);
    } else if (!local) {
      sources.pull(reference);
    }
  }

  private void bringUpToDate(String reference, String recipe) throws EnvironmentException {
    try {
      sources.build(recipe, reference);
    } catch (EnvironmentException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      progress.accept(
          "going on with the image "
              + reference
              + " that is there, which may be old: "
              + e.getMessage());
    }
  }
}
