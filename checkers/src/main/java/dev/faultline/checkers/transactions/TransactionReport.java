package dev.faultline.checkers.transactions;

import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.transactions.graph.Cycle;
import dev.faultline.checkers.transactions.models.Anomaly;
import dev.faultline.checkers.transactions.models.ConsistencyModel;
import dev.faultline.checkers.transactions.models.ModelLattice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns an analysis into a result: findings for people, figures for machines. */
final class TransactionReport {

  /** Names what was found and must not be, among the details. */
  static final String BROKEN = "anomalies";

  /** Names what was found and may be. */
  static final String ALLOWED = "allowedAnomalies";

  private static final int EDGES_IN_CLAIM = 3;

  private final Analysis analysis;
  private final TransactionOptions options;
  private final Labels labels;
  private final Set<Anomaly> broken;
  private final Map<Anomaly, List<Finding>> findings = new LinkedHashMap<>();

  /** The picture of each cycle that is shown. */
  private final Map<Finding, String> diagrams = new HashMap<>();

  TransactionReport(Analysis analysis, TransactionOptions options) {
    this.analysis = analysis;
    this.options = options;
    this.labels = new Labels(analysis.transactions());
    this.broken = analysis.broken();
    explainInstances();
    explainCycles();
  }

  private void explainInstances() {
    for (Instance instance : analysis.instances()) {
      List<String> lines = labels.introduce(instance.transactions());
      add(
          instance.anomaly(),
          new Finding(
              severity(instance.anomaly()),
              instance.anomaly().word() + ": " + instance.text(),
              instance.key(),
              labels.events(instance.transactions()),
              lines));
    }
  }

  private void explainCycles() {
    List<Cycle> cycles = new ArrayList<>();
    analysis.counts().keySet().forEach(anomaly -> cycles.addAll(analysis.cycles(anomaly)));
    CycleStory story = new CycleStory(analysis.transactions(), analysis.dependencies(), cycles);
    for (Cycle cycle : cycles) {
      List<Integer> members = CycleStory.members(cycle);
      List<String> proof = story.proof(cycle);
      List<String> lines = new ArrayList<>(labels.introduce(members));
      lines.addAll(proof);
      Finding finding =
          new Finding(
              severity(cycle.anomaly()),
              cycle.anomaly().word() + ": " + claim(proof),
              null,
              labels.events(members),
              lines);
      diagrams.put(finding, CycleDiagram.of(analysis.transactions(), cycle, story));
      add(cycle.anomaly(), finding);
    }
  }

  /** Returns the whole proof if it is short, else where it begins and ends. */
  private static String claim(List<String> proof) {
    return proof.size() <= EDGES_IN_CLAIM
        ? String.join("; ", proof)
        : "a cycle of "
            + proof.size()
            + " transactions: "
            + proof.getFirst()
            + "; …; "
            + proof.getLast();
  }

  private Finding.Severity severity(Anomaly anomaly) {
    return broken.contains(anomaly) ? Finding.Severity.VIOLATION : Finding.Severity.WARNING;
  }

  private void add(Anomaly anomaly, Finding finding) {
    findings.computeIfAbsent(anomaly, _ -> new ArrayList<>()).add(finding);
  }

  CheckResult result(String checker, long startNanos) {
    Verdict verdict = analysis.verdict();
    return new CheckResult(
        checker,
        verdict,
        summary(verdict),
        ordered(),
        details(verdict),
        System.nanoTime() - startNanos,
        analysis.transactions().sizeBytes());
  }

  /** Returns violations first, those of few transactions before those of many. */
  private List<Finding> ordered() {
    return findings.values().stream()
        .flatMap(List::stream)
        .sorted(
            Comparator.<Finding>comparingInt(
                    finding -> finding.severity() == Finding.Severity.VIOLATION ? 0 : 1)
                .thenComparingInt(finding -> finding.events().size()))
        .toList();
  }

  private String summary(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Invalid() ->
          "not "
              + words(analysis.impossible().not())
              + ": "
              + broken.stream()
                  .map(each -> each.word() + " × " + analysis.counts().get(each))
                  .collect(Collectors.joining(", "))
              + "; "
              + ordered().getFirst().claim();
      case Verdict.Unknown(String reason) -> reason;
      case Verdict.Valid() ->
          String.format(
              Locale.ROOT,
              "%s: %s, %s%s",
              promise(),
              counted(analysis.transactions().count(), "transaction", "transactions"),
              counted(analysis.graph().edges(), "dependency", "dependencies"),
              analysis.overlooksFracturedReads() ? "; fractured reads were not looked for" : "");
    };
  }

  private static String counted(long count, String one, String several) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : several);
  }

  private String promise() {
    return options.models().isEmpty()
        ? "none of " + options.anomalies().stream().map(Anomaly::word).sorted().toList()
        : words(options.models().stream().sorted().toList());
  }

  private static String words(List<ConsistencyModel> models) {
    return models.stream().map(ConsistencyModel::word).collect(Collectors.joining(", "));
  }

  private Json.Obj details(Verdict verdict) {
    Map<String, Json> details = new LinkedHashMap<>();
    details.put("workload", Json.of(analysis.transactions().workload().word()));
    details.put(
        "models", texts(options.models().stream().sorted().map(ConsistencyModel::word).toList()));
    details.put("transactions", Json.of(analysis.transactions().count()));
    details.put("dependencies", Json.of(analysis.graph().edges()));
    details.put("components", Json.of(analysis.components()));
    details.put(BROKEN, anomalies(true));
    details.put(ALLOWED, anomalies(false));
    boolean silent = verdict instanceof Verdict.Valid;
    ModelLattice.Impossible impossible = analysis.impossible();
    details.put(
        "not",
        texts(silent ? List.of() : impossible.not().stream().map(ConsistencyModel::word).toList()));
    details.put(
        "alsoNot",
        texts(
            silent
                ? List.of()
                : impossible.alsoNot().stream().map(ConsistencyModel::word).toList()));
    details.put("problems", texts(analysis.transactions().problemLines()));
    return new Json.Obj(details);
  }

  private Json anomalies(boolean forbidden) {
    Map<String, Json> members = new LinkedHashMap<>();
    analysis
        .counts()
        .forEach((anomaly, count) -> {
          if (broken.contains(anomaly) == forbidden) {
            Map<String, Json> each = new LinkedHashMap<>();
            each.put("count", Json.of(count));
            each.put(
                "examples",
                new Json.Array(
                    findings.getOrDefault(anomaly, List.of()).stream()
                        .map(this::example)
                        .toList()));
            members.put(anomaly.word(), new Json.Obj(each));
          }
        });
    return new Json.Obj(members);
  }

  private Json example(Finding finding) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put(
        "events",
        new Json.Array(finding.events().stream().<Json>map(e -> Json.of((long) e)).toList()));
    members.put("claim", Json.of(finding.claim()));
    members.put("lines", texts(finding.lines()));
    String diagram = diagrams.get(finding);
    if (diagram != null) {
      members.put("svg", Json.of(diagram));
    }
    return new Json.Obj(members);
  }

  private static Json texts(List<String> words) {
    return new Json.Array(words.stream().<Json>map(Json::of).toList());
  }
}
