package dev.faultline.results.compare;

import dev.faultline.results.JsonFiles;
import dev.faultline.results.MalformedResultException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Systems side by side, under the same workload and the same faults: the content of {@code
 * compare.json}. Immutable. In the file every member is present; what is not known is null, and
 * members whose name ends in {@code Nanos} are nanoseconds.
 *
 * @param version the version of this format, {@link #VERSION}
 * @param conclusion what follows, in sentences: promises first, then recovery
 * @param systems the systems, in the order in which they first ran
 * @param settings what they ran with
 */
public record Comparison(
    int version, List<String> conclusion, List<SystemFigures> systems, List<Setting> settings) {

  /** The version of the format that this class reads and writes. */
  public static final int VERSION = 1;

  /** What stands for a setting that a system does not tell. */
  public static final String NOT_TOLD = "not told";

  /**
   * One setting.
   *
   * @param name what is set
   * @param values what each system ran with; where its runs differ, all of it
   * @param same whether all systems ran with the same, in all of their runs
   */
  public record Setting(String name, Map<String, String> values, boolean same) {

    public Setting {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  public Comparison {
    conclusion = List.copyOf(conclusion);
    systems = List.copyOf(systems);
    settings = List.copyOf(settings);
  }

  /**
   * Compares the systems of {@code runs}. Rounds need not be complete: a comparison that was cut
   * short compares what there is.
   *
   * @throws IllegalArgumentException if there is no run
   */
  public static Comparison of(List<ComparedRun> runs) {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("there is no run to compare");
    }
    Map<String, List<ComparedRun>> bySystem = new LinkedHashMap<>();
    runs.forEach(run -> bySystem.computeIfAbsent(run.system(), _ -> new ArrayList<>()).add(run));
    List<SystemFigures> systems =
        bySystem.entrySet().stream()
            .map(system -> new RoundsReader(system.getKey(), system.getValue()).read())
            .toList();
    List<Setting> settings = settings(bySystem);
    return new Comparison(VERSION, Conclusion.of(systems, settings), systems, settings);
  }

  private static List<Setting> settings(Map<String, List<ComparedRun>> bySystem) {
    Set<String> names = new LinkedHashSet<>();
    bySystem.values().forEach(runs -> runs.forEach(run -> names.addAll(run.settings().keySet())));
    return names.stream().map(name -> setting(name, bySystem)).toList();
  }

  private static Setting setting(String name, Map<String, List<ComparedRun>> bySystem) {
    Map<String, String> values = new LinkedHashMap<>();
    Set<String> distinct = new LinkedHashSet<>();
    bySystem.forEach((system, runs) -> {
      Set<String> own = new LinkedHashSet<>();
      runs.forEach(run -> own.add(run.settings().getOrDefault(name, NOT_TOLD)));
      distinct.addAll(own);
      values.put(system, String.join(" / ", own));
    });
    return new Setting(name, values, distinct.size() == 1 && !distinct.contains(NOT_TOLD));
  }

  /** Returns the settings in which the systems are not like for like. */
  public List<Setting> differences() {
    return settings.stream().filter(setting -> !setting.same()).toList();
  }

  /** Writes this to {@code file}, in one step. */
  public void write(Path file) throws IOException {
    new JsonFiles().write(file, this);
  }

  /**
   * Reads a comparison.
   *
   * @throws MalformedResultException if {@code file} holds none, or one of another version
   * @throws IOException if it cannot be read
   */
  public static Comparison read(Path file) throws IOException {
    return new JsonFiles().read(file, Comparison.class, VERSION);
  }
}
