package dev.faultline.checkers.faults;

import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.History;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What clients saw of one fault.
 *
 * @param window the fault
 * @param ok operations that completed {@code ok} within it
 * @param fail operations that completed {@code fail} within it
 * @param info operations that ended within it, or were invoked in it and never ended, with nobody
 *     knowing what became of them
 * @param nanosToFirstOk from its removal to the first {@code ok} of an operation invoked after it;
 *     empty if there was none, or if it was never removed
 */
public record Availability(
    FaultWindow window, long ok, long fail, long info, OptionalLong nanosToFirstOk) {

  /** Returns what clients of {@code history} saw of each of its {@code faults}. */
  public static List<Availability> of(History history, FaultWindows faults) {
    return faults.windows().stream().map(window -> of(history, window)).toList();
  }

  /**
   * Returns, by kind of fault, the median time from removal to the first {@code ok}, in
   * nanoseconds; of an even number the upper one. Kinds without any are left out.
   */
  public static Map<String, Long> medianNanosToFirstOk(List<Availability> all) {
    Map<String, List<Long>> byKind = new LinkedHashMap<>();
    for (Availability one : all) {
      one.nanosToFirstOk()
          .ifPresent(nanos ->
              byKind.computeIfAbsent(one.window().fault(), _ -> new ArrayList<>()).add(nanos));
    }
    Map<String, Long> medians = new LinkedHashMap<>();
    byKind.forEach(
        (kind, nanos) -> medians.put(kind, nanos.stream().sorted().toList().get(nanos.size() / 2)));
    return medians;
  }

  private static Availability of(History history, FaultWindow window) {
    int end = window.isStopped() ? window.stopEvent() : history.size();
    long ok = 0;
    long fail = 0;
    long info = 0;
    for (int i = window.startEvent() + 1; i < end; i++) {
      if (history.process(i) < 0) {
        continue;
      }
      switch (history.type(i)) {
        case OK -> ok++;
        case FAIL -> fail++;
        case INFO -> info++;
        case INVOKE -> {
          if (history.counterpart(i) < 0) {
            info++;
          }
        }
      }
    }
    return new Availability(window, ok, fail, info, nanosToFirstOk(history, window));
  }

  private static OptionalLong nanosToFirstOk(History history, FaultWindow window) {
    if (!window.isStopped()) {
      return OptionalLong.empty();
    }
    for (int i = window.stopEvent() + 1; i < history.size(); i++) {
      if (history.type(i) == EventType.OK && history.counterpart(i) > window.stopEvent()) {
        return OptionalLong.of(history.timeNanos(i) - window.stopNanos());
      }
    }
    return OptionalLong.empty();
  }
}
