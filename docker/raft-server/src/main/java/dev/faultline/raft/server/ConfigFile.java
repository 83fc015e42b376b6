package dev.faultline.raft.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of options: one a line, {@code key: value} or {@code key=value}, with the names of the
 * command line's flags without their dashes. Empty lines and those that begin with {@code #} are
 * skipped. What the command line says too is taken from there.
 */
final class ConfigFile {

  private final Path path;
  private final Collection<String> knownKeys;

  ConfigFile(Path path, Collection<String> knownKeys) {
    this.path = path;
    this.knownKeys = knownKeys;
  }

  /**
   * Reads the file.
   *
   * @return the values by their keys
   * @throws ConfigException if it cannot be read or has a line that says nothing
   */
  Map<String, String> read() throws ConfigException {
    List<String> lines = lines();
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        readLine(line, i + 1, values);
      }
    }
    return values;
  }

  private List<String> lines() throws ConfigException {
    try {
      return Files.readAllLines(path, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new ConfigException(path + ": no such file");
    } catch (IOException e) {
      throw new ConfigException(path + ": cannot be read: " + e.getMessage());
    }
  }

  private void readLine(String line, int number, Map<String, String> values)
      throws ConfigException {
    int separator = separator(line);
    if (separator < 0) {
      throw error(number, "expected 'key: value', found '" + line + "'");
    }
    String key = line.substring(0, separator).strip();
    if (!knownKeys.contains(key)) {
      throw error(number, "unknown key '" + key + "'" + new NearestName(knownKeys).hint(key));
    }
    if (values.putIfAbsent(key, unquoted(line.substring(separator + 1).strip())) != null) {
      throw error(number, "'" + key + "' is given twice");
    }
  }

  /** Returns where the first {@code :} or {@code =} is, or -1. */
  private static int separator(String line) {
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) == ':' || line.charAt(i) == '=') {
        return i;
      }
    }
    return -1;
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() >= 2
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(0) == value.charAt(value.length() - 1);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private ConfigException error(int line, String what) {
    return new ConfigException(path + ":" + line + ": " + what);
  }
}
