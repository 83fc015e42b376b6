package dev.faultline.results.compare;

import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.Verdict;
import dev.faultline.results.RunSummary;
import dev.faultline.results.RunSummary.Counts;
import dev.faultline.results.compare.ComparedRun.Judged;
import dev.faultline.results.compare.ComparedRun.NotStarted;
import dev.faultline.results.compare.SystemFigures.AlertRow;
import dev.faultline.results.compare.SystemFigures.CheckRow;
import dev.faultline.results.compare.SystemFigures.ConditionRow;
import dev.faultline.results.compare.SystemFigures.Counterexample;
import dev.faultline.results.compare.SystemFigures.RecoveryRow;
import dev.faultline.results.compare.SystemFigures.RunRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sums up the rounds of one system. Used once. */
final class RoundsReader {

  private record ErrorKind(String code, boolean definite) {}

  private final String system;
  private final List<ComparedRun> runs;
  private final List<Judged> judged;

  RoundsReader(String system, List<ComparedRun> runs) {
    this.system = system;
    this.runs = runs.stream().sorted(Comparator.comparingInt(ComparedRun::round)).toList();
    this.judged =
        this.runs.stream().filter(Judged.class::isInstance).map(Judged.class::cast).toList();
  }

  SystemFigures read() {
    return new SystemFigures(
        system,
        judged.stream()
            .map(run -> run.summary().describeSystemAs(system))
            .findFirst()
            .orElse(system),
        runs.stream().map(RoundsReader::row).toList(),
        checks(),
        counterexample(),
        operations(),
        conditions(),
        recovery(),
        Spread.of(
            judged.stream()
                .map(run -> run.figures().leaderChanges())
                .filter(Objects::nonNull)
                .map(Integer::doubleValue)
                .toList()),
        errors(),
        MetricsMerger.merge(judged.stream().map(Judged::metrics).toList()),
        alerts());
  }

  private static RunRow row(ComparedRun run) {
    return switch (run) {
      case Judged one -> {
        RunSummary summary = one.summary();
        yield new RunRow(
            one.round(),
            summary.verdict(),
            summary.reason(),
            summary.seed(),
            one.directory().toString());
      }
      case NotStarted one ->
          new RunRow(one.round(), SystemFigures.NOT_STARTED, one.reason(), null, null);
    };
  }

  private List<CheckRow> checks() {
    Map<String, Map<String, Integer>> verdicts = new LinkedHashMap<>();
    for (Judged run : judged) {
      for (CheckResult check : run.checks()) {
        verdicts
            .computeIfAbsent(check.checker(), _ -> new LinkedHashMap<>())
            .merge(check.verdict().word(), 1, Integer::sum);
      }
    }
    return verdicts.entrySet().stream()
        .map(check -> new CheckRow(check.getKey(), check.getValue()))
        .toList();
  }

  private @Nullable Counterexample counterexample() {
    for (Judged run : judged) {
      for (CheckResult check : run.checks()) {
        if (check.verdict() instanceof Verdict.Invalid) {
          String claim =
              check.findings().stream()
                  .filter(finding -> finding.severity() == Finding.Severity.VIOLATION)
                  .map(Finding::claim)
                  .findFirst()
                  .orElse(check.summary());
          return new Counterexample(
              run.round(), check.checker(), claim, run.directory().toString());
        }
      }
    }
    return null;
  }

  private Map<String, Counts> operations() {
    Map<String, Counts> sum = new LinkedHashMap<>();
    for (Judged run : judged) {
      run.figures().operations().forEach((f, counts) -> sum.merge(f, counts, Counts::plus));
    }
    return sum;
  }

  private List<ConditionRow> conditions() {
    List<ConditionRow> rows = new ArrayList<>();
    if (judged.isEmpty()) {
      return rows;
    }
    rows.add(condition(SystemFigures.MAIN_PHASE, all(RunFigures::mainPhase)));
    rows.add(condition(SystemFigures.OUTSIDE_FAULTS, all(RunFigures::outsideFaults)));
    Set<String> kinds = new LinkedHashSet<>();
    judged.forEach(run -> kinds.addAll(run.figures().duringFaults().keySet()));
    for (String kind : kinds) {
      rows.add(condition(kind, all(figures -> figures.duringFaults().get(kind))));
    }
    return rows;
  }

  private List<Condition> all(Function<RunFigures, @Nullable Condition> part) {
    List<Condition> parts = new ArrayList<>();
    for (Judged run : judged) {
      Condition condition = part.apply(run.figures());
      if (condition != null) {
        parts.add(condition);
      }
    }
    return parts;
  }

  private static ConditionRow condition(String name, List<Condition> parts) {
    Condition sum = Condition.merged(parts);
    return new ConditionRow(
        name,
        sum.nanos(),
        Spread.of(
            parts.stream().filter(part -> part.nanos() > 0).map(Condition::okPerSecond).toList()),
        sum.answered(),
        sum.total(),
        sum.latencies().raw(),
        sum.latencies().corrected(),
        sum.latencies().encoded());
  }

  private List<RecoveryRow> recovery() {
    Map<String, List<FaultTimes>> byKind = new LinkedHashMap<>();
    for (Judged run : judged) {
      for (FaultTimes fault : run.figures().faults()) {
        byKind.computeIfAbsent(fault.fault(), _ -> new ArrayList<>()).add(fault);
      }
    }
    return byKind.entrySet().stream()
        .map(kind ->
            new RecoveryRow(
                kind.getKey(),
                spread(kind.getValue(), FaultTimes::firstOkAfterEnd),
                spread(kind.getValue(), FaultTimes::firstOkAfterStart),
                spread(kind.getValue(), fault -> OptionalLong.of(fault.outageNanos()))))
        .toList();
  }

  private static TimeSpread spread(
      List<FaultTimes> faults, Function<FaultTimes, OptionalLong> time) {
    List<Long> nanos =
        faults.stream().flatMapToLong(fault -> time.apply(fault).stream()).boxed().toList();
    return TimeSpread.of(nanos, faults.size() - nanos.size());
  }

  private List<ErrorCount> errors() {
    Map<ErrorKind, Long> sum = new LinkedHashMap<>();
    for (Judged run : judged) {
      for (ErrorCount error : run.figures().errors()) {
        sum.merge(new ErrorKind(error.code(), error.definite()), error.count(), Long::sum);
      }
    }
    return sum.entrySet().stream()
        .map(error ->
            new ErrorCount(error.getKey().code(), error.getKey().definite(), error.getValue()))
        .sorted(Comparator.comparingLong(ErrorCount::count).reversed())
        .toList();
  }

  private List<AlertRow> alerts() {
    Map<String, AlertRow> worst = new LinkedHashMap<>();
    for (Judged run : judged) {
      for (Alert alert : run.metrics().alerts()) {
        worst.merge(alert.name(), new AlertRow(1, alert), RoundsReader::worse);
      }
    }
    return List.copyOf(worst.values());
  }

  private static AlertRow worse(AlertRow a, AlertRow b) {
    boolean first = a.worst().value() >= b.worst().value();
    return new AlertRow(a.runs() + b.runs(), first ? a.worst() : b.worst());
  }
}
