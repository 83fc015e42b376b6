package dev.faultline.checkers.logs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The log files of one node. */
final class NodeLogs {

  private static final int GROUPS_KEPT = 50;

  private final String node;
  private final List<Path> files;

  private NodeLogs(String node, List<Path> files) {
    this.node = node;
    this.files = files;
  }

  /** Returns the logs of {@code node} below {@code logDirectory}; none if it left none. */
  static NodeLogs of(Path logDirectory, String node) throws IOException {
    Path directory = logDirectory.resolve(node);
    return new NodeLogs(
        node, Files.isDirectory(directory) ? sorted(directory, "*.log") : List.of());
  }

  /** Returns the logs of all nodes. */
  static List<NodeLogs> all(Path logDirectory) throws IOException {
    List<NodeLogs> all = new ArrayList<>();
    if (Files.isDirectory(logDirectory)) {
      for (Path directory : sorted(logDirectory, "*")) {
        if (Files.isDirectory(directory)) {
          all.add(of(logDirectory, String.valueOf(directory.getFileName())));
        }
      }
    }
    return all;
  }

  /** Returns what deserves a look, grouped, in order of first appearance. */
  List<AlarmGroup> alarms() throws IOException {
    Map<String, AlarmGroup> groups = new LinkedHashMap<>();
    for (Path file : files) {
      scan(file, groups);
    }
    return List.copyOf(groups.values());
  }

  /** Returns the last {@code count} lines of the file written last. */
  List<String> lastLines(int count) throws IOException {
    Deque<String> last = new ArrayDeque<>();
    for (Path file : files) {
      try (BufferedReader reader = reader(file)) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          if (last.size() == count) {
            last.removeFirst();
          }
          last.addLast(Alarm.bounded(line));
        }
      }
    }
    return List.copyOf(last);
  }

  private void scan(Path file, Map<String, AlarmGroup> groups) throws IOException {
    try (BufferedReader reader = reader(file)) {
      @Nullable AlarmGroup current = null;
      long number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (Alarm.isContinuation(line)) {
          if (current != null) {
            current.follow(line);
          }
          continue;
        }
        Alarm alarm = Alarm.in(line).orElse(null);
        current = alarm == null ? null : count(alarm, file.getFileName() + ":" + number, groups);
      }
    }
  }

  private @Nullable AlarmGroup count(Alarm alarm, String place, Map<String, AlarmGroup> groups) {
    AlarmGroup known = groups.get(alarm.message());
    if (known != null) {
      known.again();
    } else if (groups.size() < GROUPS_KEPT) {
      known = new AlarmGroup(node, place, alarm.line());
      groups.put(alarm.message(), known);
    }
    return known;
  }

  private static BufferedReader reader(Path file) throws IOException {
    // Unlike Files.newBufferedReader this replaces what is not UTF-8: a crash may write anything.
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
  }

  private static List<Path> sorted(Path directory, String glob) throws IOException {
    List<Path> paths = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
      entries.forEach(paths::add);
    }
    Collections.sort(paths);
    return paths;
  }
}
