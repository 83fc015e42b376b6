package dev.faultline.harness.run;
import java.util.*;
final class FaultAvailabilities {
  static List<dev.faultline.results.RunSummary.FaultAvailability> of(dev.faultline.checkers.history.History h, List<String> kinds) { return List.of(); }
}
