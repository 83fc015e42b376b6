package dev.faultline.harness.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The end of what a node wrote to its log.
 *
 * @param directory the directory of the node's logs
 */
record NodeLog(Path directory) {

  private static final int LINES = 40;

  /** Returns the last lines, oldest first; none if the log cannot be read. */
  List<String> tail() {
    try {
      // A torn line of a killed process need not be UTF-8.
      List<String> lines =
          Files.readAllLines(directory.resolve("node.log"), StandardCharsets.ISO_8859_1);
      return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    } catch (IOException _) {
      return List.of();
    }
  }

  /** Returns the last line, for people. */
  String lastLine() {
    List<String> tail = tail();
    return tail.isEmpty() ? "its log says nothing" : tail.getLast().strip();
  }

  boolean tellsOfAFullDisk() {
    return tells("no space left on device");
  }

  boolean tellsOfATakenPort() {
    return tells("address already in use");
  }

  private boolean tells(String what) {
    return tail().stream().anyMatch(line -> line.toLowerCase(Locale.ROOT).contains(what));
  }
}
