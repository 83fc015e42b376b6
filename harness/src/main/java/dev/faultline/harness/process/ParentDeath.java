package dev.faultline.harness.process;

import dev.faultline.harness.system.Launch;
import dev.faultline.harness.system.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the operating system end a node when its harness dies, whatever the node's program does.
 *
 * <p>On Linux {@code setpriv} (util-linux) asks for the parent-death signal and then becomes the
 * program: the process id stays the same. Where that is not to be had, what a killed harness leaves
 * is ended by the next run's sweeper.
 */
final class ParentDeath {

  private static final Program SETPRIV =
      new Program("setpriv", "part of util-linux, on every Linux distribution");

  private ParentDeath() {}

  /** Returns {@code launch}, with the parent-death signal asked for where that can be done. */
  static Launch endsWithParent(Launch launch) {
    Optional<Path> setpriv = SETPRIV.onPath();
    if (setpriv.isEmpty()) {
      return launch;
    }
    List<String> words =
        new ArrayList<>(List.of(setpriv.get().toString(), "--pdeathsig", "KILL", "--"));
    words.addAll(launch.words());
    return new Launch(words, launch.environment());
  }
}
