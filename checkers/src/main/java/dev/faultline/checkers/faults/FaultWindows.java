package dev.faultline.checkers.faults;

import dev.faultline.checkers.history.History;
import dev.faultline.checkers.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The faults and phases of a run.
 *
 * @param windows the faults, by their start
 * @param phases the phases, in order
 */
public record FaultWindows(List<FaultWindow> windows, List<Phase> phases) {

  private static final String START = "start";
  private static final String STOP = "stop";
  private static final String PHASE = "phase";

  public FaultWindows {
    windows = List.copyOf(windows);
    phases = List.copyOf(phases);
  }

  /** Reads the nemesis events of {@code history}. */
  public static FaultWindows of(History history) {
    Map<String, FaultWindow> windows = new LinkedHashMap<>();
    List<Phase> phases = new ArrayList<>();
    for (int i = 0; i < history.size(); i++) {
      if (history.process(i) >= 0) {
        continue;
      }
      Json value = history.value(i);
      switch (history.f(i)) {
        case START -> start(windows, history, i);
        case STOP -> stop(windows, history, i);
        case PHASE -> {
          if (value instanceof Json.Obj object) {
            phases.add(new Phase(Members.of(value).text(PHASE), history.timeNanos(i), i, object));
          }
        }
        default -> {
          // Others may note more of what their nemesis did.
        }
      }
    }
    return new FaultWindows(List.copyOf(windows.values()), phases);
  }

  /** Returns the first phase called {@code name}. */
  public Optional<Phase> phase(String name) {
    return phases.stream().filter(phase -> phase.name().equals(name)).findFirst();
  }

  /** Returns the kinds of fault that were planned; empty if the history does not tell. */
  public List<String> plannedFaults() {
    return phase(Phase.MAIN)
        .map(phase -> Members.of(phase.value()).texts("faults"))
        .orElse(List.of());
  }

  /** Returns the faults that were active at {@code timeNanos}. */
  public List<FaultWindow> activeAt(long timeNanos) {
    return windows.stream().filter(window -> window.isActiveAt(timeNanos)).toList();
  }

  private static void start(Map<String, FaultWindow> windows, History history, int event) {
    Members value = Members.of(history.value(event));
    // A fault that tells no id is told apart by its event.
    String id = value.text("id").isEmpty() ? "#" + event : value.text("id");
    windows.put(
        id,
        new FaultWindow(
            id,
            value.text("fault"),
            value.text("detail"),
            value.texts("targets"),
            history.timeNanos(event),
            FaultWindow.NEVER,
            effect(value),
            event,
            -1));
  }

  private static void stop(Map<String, FaultWindow> windows, History history, int event) {
    Members value = Members.of(history.value(event));
    String id = value.text("id");
    if (!windows.containsKey(id)) {
      // Skipped faults may be noted by their end alone.
      start(windows, history, event);
      id = id.isEmpty() ? "#" + event : id;
    }
    FaultWindow started = windows.get(id);
    if (started == null) {
      return;
    }
    List<String> targets = value.texts("targets");
    windows.put(
        id,
        new FaultWindow(
            id,
            started.fault(),
            value.text("detail").isEmpty() ? started.detail() : value.text("detail"),
            targets.isEmpty() ? started.targets() : targets,
            started.startNanos(),
            history.timeNanos(event),
            effect(value),
            started.startEvent(),
            event));
  }

  private static FaultWindow.Effect effect(Members value) {
    return switch (value.text("effect")) {
      case "effective" -> FaultWindow.Effect.EFFECTIVE;
      case "skipped" -> FaultWindow.Effect.SKIPPED;
      case "ineffective" -> FaultWindow.Effect.INEFFECTIVE;
      default -> FaultWindow.Effect.PENDING;
    };
  }
}
