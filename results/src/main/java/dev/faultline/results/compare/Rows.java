package dev.faultline.results.compare;

import dev.faultline.results.compare.Comparison.Setting;
import dev.faultline.results.compare.SystemFigures.AlertRow;
import dev.faultline.results.compare.SystemFigures.CheckRow;
import dev.faultline.results.compare.SystemFigures.ConditionRow;
import dev.faultline.results.compare.SystemFigures.RunRow;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What stands in the rows of a comparison's tables, on the screen and in Markdown alike. */
final class Rows {

  private Rows() {}

  /** Returns how many runs of {@code system} ended in which way. */
  static Map<String, Integer> verdicts(SystemFigures system) {
    Map<String, Integer> verdicts = new LinkedHashMap<>();
    for (RunRow run : system.runs()) {
      verdicts.merge(run.verdict(), 1, Integer::sum);
    }
    return verdicts;
  }

  /**
   * Returns why the first run that proved nothing, or never was, did so; empty if there is none.
   */
  static String firstReason(SystemFigures system) {
    return system.runs().stream()
        .filter(run ->
            run.verdict().equals("UNKNOWN") || run.verdict().equals(SystemFigures.NOT_STARTED))
        .map(RunRow::reason)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  /** Returns how often {@code checker} gave which verdict of {@code system}. */
  static Map<String, Integer> verdicts(SystemFigures system, String checker) {
    return system.checks().stream()
        .filter(check -> check.checker().equals(checker))
        .findFirst()
        .map(CheckRow::verdicts)
        .orElse(Map.of());
  }

  /** Returns all checkers that judged any of {@code systems}. */
  static List<String> checkers(List<SystemFigures> systems) {
    Set<String> names = new LinkedHashSet<>();
    systems.forEach(system -> system.checks().forEach(check -> names.add(check.checker())));
    return List.copyOf(names);
  }

  /** Returns all kinds of fault that had an effect on any of {@code systems}. */
  static List<String> kinds(List<SystemFigures> systems) {
    Set<String> names = new LinkedHashSet<>();
    systems.forEach(system -> system.recovery().forEach(row -> names.add(row.fault())));
    return List.copyOf(names);
  }

  /** Returns {@code cell}, empty of any figure for a system of which no run was carried out. */
  static Function<SystemFigures, String> ifRan(Function<SystemFigures, String> cell) {
    return system ->
        system.runsWith(SystemFigures.NOT_STARTED) == system.runs().size()
            ? Words.NOTHING
            : cell.apply(system);
  }

  static String throughput(SystemFigures system) {
    return throughput(system, SystemFigures.MAIN_PHASE);
  }

  static String throughput(SystemFigures system, String condition) {
    return Words.spread(spread(system, condition));
  }

  private static @Nullable Spread spread(SystemFigures system, String condition) {
    return system.condition(condition).map(ConditionRow::okPerSecond).orElse(null);
  }

  static String availability(SystemFigures system, String condition) {
    return system
        .condition(condition)
        .map(row -> Words.share(row.answered(), row.total()))
        .orElse(Words.share(0, 0));
  }

  /** Returns what is shown of the metrics, by name. */
  static SequencedMap<String, Function<ServerMetrics, String>> metrics() {
    SequencedMap<String, Function<ServerMetrics, String>> rows = new LinkedHashMap<>();
    rows.put("longest, no leader", metrics -> Words.time(metrics.longestWithoutLeaderNanos()));
    rows.put(
        "leader changes",
        metrics -> Words.withCalm(metrics.leaderChanges(), metrics.calmLeaderChanges()));
    rows.put(
        "failed proposals",
        metrics -> Words.withCalm(metrics.failedProposals(), metrics.calmFailedProposals()));
    rows.put(
        "most pending",
        metrics -> Words.withCalm(metrics.highestPending(), metrics.calmHighestPending()));
    rows.put("WAL fsync p99", metrics -> Words.quantile(metrics.walFsyncP99()));
    rows.put(
        "peer RTT p99",
        metrics ->
            Words.quantile(metrics.peerRoundTripP99())
                + (metrics.calmPeerRoundTripP99() == null
                    ? ""
                    : ", outside faults " + metrics.calmPeerRoundTripP99().words()));
    return rows;
  }

  static String alert(SystemFigures system, AlertRow alert) {
    int all = system.runs().size();
    return alert.worst().sentence()
        + (all == 1 ? "" : " (in " + alert.runs() + " of " + all + " runs; this is the worst)");
  }

  static String value(Setting setting, SystemFigures system) {
    return setting.values().getOrDefault(system.system(), Comparison.NOT_TOLD);
  }
}
