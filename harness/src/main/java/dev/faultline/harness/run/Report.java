package dev.faultline.harness.run;

import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.faults.Availability;
import dev.faultline.checkers.faults.FaultWindows;
import dev.faultline.checkers.history.Event;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.json.Json;
import dev.faultline.harness.cluster.LinkBackend;
import dev.faultline.results.CyclePictures;
import dev.faultline.results.ExitCode;
import dev.faultline.results.FinalScreen;
import dev.faultline.results.FinishedRun;
import dev.faultline.results.JunitXml;
import dev.faultline.results.RunDirectory;
import dev.faultline.results.RunResults;
import dev.faultline.results.RunSummary;
import dev.faultline.results.SummaryMarkdown;
import dev.faultline.workloads.etcd.ErrorTable;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run that was judged, in every form in which it is shown and kept.
 *
 * <p>All of it is worked out from the history and from what the checkers found, so that a recording
 * whose harness was killed can be reported like any other.
 *
 * @param about what was run, and how the harness fared
 * @param directory where it is kept
 * @param history what clients and nemesis did
 * @param results what each checker found
 * @param verdict what follows from all of it
 * @param exitCode what the command exits with
 */
public record Report(
    RunFacts about,
    RunDirectory directory,
    History history,
    List<CheckResult> results,
    Verdict verdict,
    ExitCode exitCode) {

  public Report {
    results = List.copyOf(results);
  }

  /** Returns what is to be known of the run without reading its history. */
  public RunSummary summary() {
    Counts counts = new Counts(history);
    return new RunSummary(
        RunSummary.VERSION,
        about.scenario().name(),
        about.scenario().seed().toString(),
        about.faultline(),
        about.started(),
        about.took().toNanos(),
        about.system(),
        about.systemVersion().orElse(null),
        about.scenario().cluster().word(),
        about.links().map(LinkBackend::word).orElse(null),
        about.scenario().deviation().orElse(null),
        about.scenario().nodeNames(),
        about.scenario().workload(),
        about.faultKinds(),
        verdict.word(),
        reason(),
        exitCode.status(),
        new RunSummary.Counts(counts.ok, counts.fail, counts.info),
        counts.keys.size(),
        counts.leaderChanges(),
        counts.recoveryNanos,
        about.health(),
        about.again(),
        "./faultline analyze " + directory.path(),
        RunSummary.FaultAvailability.of(Availability.of(history, FaultWindows.of(history))));
  }

  private @Nullable String reason() {
    return switch (verdict) {
      case Verdict.Valid() -> null;
      case Verdict.Unknown(String reason) -> reason;
      case Verdict.Invalid() ->
          results.stream()
              .filter(result -> result.verdict() instanceof Verdict.Invalid)
              .map(CheckResult::summary)
              .findFirst()
              .orElse("the run failed");
    };
  }

  /** Returns the last screen. */
  public String screen(boolean colour) {
    return new FinalScreen(colour).render(summary(), history, results, directory.path());
  }

  /** Writes everything that is kept of the run beside its history. */
  public void store() throws IOException {
    RunSummary summary = summary();
    summary.write(directory.runJson());
    RunResults.of(results, errorTable()).write(directory.resultsJson());
    List<FinishedRun> runs = List.of(new FinishedRun(summary, screen(false), directory.path()));
    JunitXml.write(directory.junitXml(), runs);
    SummaryMarkdown.write(directory.summaryMarkdown(), runs);
    CyclePictures.replace(directory.cycles(), results);
  }

  private static List<RunResults.ErrorRow> errorTable() {
    return ErrorTable.etcd().rows().stream()
        .map(rule ->
            new RunResults.ErrorRow(
                rule.status(),
                rule.text(),
                rule.unsentOnly(),
                rule.code(),
                rule.definite(),
                rule.why()))
        .toList();
  }

  /** What a walk over the history finds. */
  private static final class Counts {

    private final Set<String> keys = new HashSet<>();
    private long ok;
    private long fail;
    private long info;
    private int leaders;
    private @Nullable Long recoveryNanos;

    Counts(History history) {
      for (int i = 0; i < history.size(); i++) {
        if (history.process(i) == Event.NEMESIS) {
          phase(history.value(i));
        } else {
          operation(history, i);
        }
      }
    }

    private void operation(History history, int i) {
      switch (history.type(i)) {
        case INVOKE -> {
          if (history.key(i) != null) {
            keys.add(history.key(i));
          }
          if (history.counterpart(i) < 0) {
            info++; // It was under way when the recording ended.
          }
        }
        case OK -> ok++;
        case FAIL -> fail++;
        case INFO -> info++;
      }
    }

    private void phase(Json value) {
      if (value instanceof Json.Obj(var members)
          && members.get("phase") instanceof Json.Text(String phase)) {
        if (phase.equals("leader")) {
          leaders++;
        } else if (phase.equals("recovered")
            && members.get("nanos") instanceof Json.Int(long nanos)) {
          recoveryNanos = nanos;
        }
      }
    }

    @Nullable Integer leaderChanges() {
      return leaders == 0 ? null : leaders - 1;
    }
  }
}
