package dev.faultline.harness.run;

import dev.faultline.checkers.faults.Availability;
import dev.faultline.checkers.faults.FaultWindow;
import dev.faultline.checkers.faults.FaultWindows;
import dev.faultline.checkers.history.History;
import dev.faultline.results.RunSummary.FaultAvailability;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sums up by kind of fault what clients saw of each fault. */
final class FaultAvailabilities {

  private FaultAvailabilities() {}

  /** Returns one entry for each of {@code kinds}, in that order. */
  static List<FaultAvailability> of(History history, List<String> kinds) {
    List<Availability> all = Availability.of(history, FaultWindows.of(history));
    return kinds.stream()
        .map(kind ->
            of(kind, all.stream().filter(one -> one.window().fault().equals(kind)).toList()))
        .toList();
  }

  private static FaultAvailability of(String kind, List<Availability> faults) {
    List<Long> firstOk =
        faults.stream()
            .filter(one -> one.window().effect() != FaultWindow.Effect.SKIPPED)
            .flatMapToLong(one -> one.nanosToFirstOk().stream())
            .sorted()
            .boxed()
            .toList();
    return new FaultAvailability(
        kind,
        count(faults, FaultWindow.Effect.EFFECTIVE),
        count(faults, FaultWindow.Effect.SKIPPED),
        count(faults, FaultWindow.Effect.INEFFECTIVE),
        at(firstOk, firstOk.size() / 2),
        at(firstOk, firstOk.size() - 1));
  }

  private static int count(List<Availability> faults, FaultWindow.Effect effect) {
    return (int) faults.stream().filter(one -> one.window().effect() == effect).count();
  }

  private static @Nullable Long at(List<Long> sorted, int index) {
    return sorted.isEmpty() ? null : sorted.get(index);
  }
}
