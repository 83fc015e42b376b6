package dev.faultline.checkers.stats;

import dev.faultline.checkers.Times;
import dev.faultline.checkers.faults.FaultWindow;
import dev.faultline.checkers.faults.FaultWindows;
import dev.faultline.checkers.faults.Phase;
import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds reasons why a run proves nothing. */
final class Vacuity {

  private final History history;
  private final FaultWindows faults;
  private final List<String> reasons = new ArrayList<>();

  Vacuity(History history, FaultWindows faults) {
    this.history = history;
    this.faults = faults;
  }

  List<String> reasons() {
    if (!anyOk(0, history.size())) {
      reasons.add("no operation succeeded");
    } else {
      beforeFaults();
      afterRecovery();
    }
    ineffectiveFaults();
    plannedFaults();
    return List.copyOf(reasons);
  }

  private void beforeFaults() {
    if (faults.windows().isEmpty()) {
      return;
    }
    FaultWindow first = faults.windows().getFirst();
    if (!anyOk(0, first.startEvent())) {
      reasons.add(
          "no operation succeeded before the first fault ("
              + first.id()
              + ", "
              + first.fault()
              + ") at "
              + Times.moment(first.startNanos()));
    }
  }

  private void afterRecovery() {
    Optional<Phase> recovered = faults.phase(Phase.RECOVERED);
    recovered.ifPresent(phase -> {
      if (!anyOk(phase.event(), history.size())) {
        reasons.add(
            "no operation succeeded after the recovery at " + Times.moment(phase.timeNanos()));
      }
    });
  }

  private void ineffectiveFaults() {
    for (FaultWindow window : faults.windows()) {
      if (window.effect() == FaultWindow.Effect.INEFFECTIVE) {
        reasons.add(
            "fault "
                + window.id()
                + " ("
                + window.fault()
                + ") had no effect"
                + (window.detail().isEmpty() ? "" : ": " + window.detail()));
      }
    }
  }

  private void plannedFaults() {
    for (String kind : faults.plannedFaults()) {
      boolean effective =
          faults.windows().stream()
              .anyMatch(window ->
                  window.fault().equals(kind) && window.effect() == FaultWindow.Effect.EFFECTIVE);
      if (!effective) {
        reasons.add("the planned fault " + kind + " was never effective");
      }
    }
  }

  private boolean anyOk(int from, int to) {
    for (int i = from; i < to; i++) {
      if (history.type(i) == EventType.OK && history.counterpart(i) >= from) {
        return true;
      }
    }
    return false;
  }
}
