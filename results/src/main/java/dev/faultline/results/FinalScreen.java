package dev.faultline.results;

import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.history.History;
import dev.faultline.results.RunSummary.FaultAvailability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * The last screen of a run: what was promised, what was seen, what proves it, and how to see it
 * again. Text that means the same without colour. Immutable.
 */
public final class FinalScreen {

  /** The checker whose promise can be told in a sentence with the run's own figures. */
  private static final String LINEARIZABLE = "linearizable";

  private static final int MAX_WARNINGS = 3;
  private static final int MAX_FURTHER_LINES = 4;
  private static final String RESET = "\u001b[0m";

  private final boolean colour;

  /**
   * Creates a renderer.
   *
   * @param colour whether to colour the verdict's word, with ANSI escapes
   */
  public FinalScreen(boolean colour) {
    this.colour = colour;
  }

  /**
   * Returns the screen, ending in a line end.
   *
   * @param run the run
   * @param history what happened in it
   * @param results what each checker found
   * @param directory where all of it is kept
   */
  public String render(RunSummary run, History history, List<CheckResult> results, Path directory) {
    List<String> lines = new ArrayList<>();
    switch (run.verdict()) {
      case "VALID" -> lines.addAll(headline(run, promise(run, results)));
      case "INVALID" -> violation(lines, run, history, results);
      default -> unknown(lines, run, results);
    }
    warnings(lines, results);
    figures(lines, run);
    if (!run.describeSystem().equals(run.system())) {
      lines.add("  system   " + run.describeSystem());
    }
    if (run.deviation() != null) {
      lines.addAll(
          ScreenText.wrap(
              "  broken   ", "on purpose: the system ran with deviation " + run.deviation()));
    }
    run.again().forEach(command -> lines.add("  again    " + command));
    lines.add("  recheck  " + run.recheck());
    lines.add("  run      " + directory);
    if (CyclePictures.isAnyIn(results)) {
      lines.add("  pictures " + new RunDirectory(directory).cycles());
    }
    return String.join("\n", lines) + "\n";
  }

  private List<String> headline(RunSummary run, String sentence) {
    String lead = String.format("%-9s", run.verdict());
    List<String> lines = ScreenText.wrap(lead, sentence);
    if (colour) {
      lines.set(0, paint(run.verdict()) + lines.getFirst().substring(run.verdict().length()));
    }
    return lines;
  }

  private static String paint(String verdict) {
    String code =
        switch (verdict) {
          case "VALID" -> "\u001b[1;32m";
          case "INVALID" -> "\u001b[1;31m";
          default -> "\u001b[1;33m";
        };
    return code + verdict + RESET;
  }

  private static String promise(RunSummary run, List<CheckResult> results) {
    Optional<CheckResult> linearizable =
        results.stream().filter(result -> result.checker().equals(LINEARIZABLE)).findFirst();
    String promise =
        linearizable.isPresent()
            ? "every one of "
                + Figures.count(run.operations().total(), "operation")
                + " on "
                + Figures.count(run.keys(), "key")
                + " is linearizable"
            : results.stream().map(CheckResult::summary).findFirst().orElse("nothing was checked");
    return promise + ", under " + struck(run);
  }

  private static String struck(RunSummary run) {
    StringJoiner faults = new StringJoiner(", ").setEmptyValue("no faults");
    for (FaultAvailability fault : run.availability()) {
      if (fault.effective() > 0) {
        faults.add(ScreenText.unbroken(Figures.count(fault.effective(), fault.fault())));
      }
    }
    return faults.toString();
  }

  private void violation(
      List<String> lines, RunSummary run, History history, List<CheckResult> results) {
    List<CheckResult> broken =
        results.stream().filter(result -> result.verdict() instanceof Verdict.Invalid).toList();
    if (broken.isEmpty()) {
      String reason = run.reason();
      lines.addAll(headline(run, reason == null ? "the run failed" : reason));
      return;
    }
    CheckResult first = broken.getFirst();
    Optional<Finding> proof = violations(first).stream().findFirst();
    String claim = proof.map(Finding::claim).orElse(first.summary());
    lines.addAll(headline(run, claim + " (" + first.checker() + ")"));
    proof.ifPresent(finding -> prove(lines, run, history, finding));
    List<String> further = new ArrayList<>();
    violations(first).stream().skip(1).forEach(finding -> further.add(finding.claim()));
    broken.stream()
        .skip(1)
        .forEach(result -> further.add(result.summary() + " (" + result.checker() + ")"));
    list(lines, "  also     ", further);
  }

  private static void prove(List<String> lines, RunSummary run, History history, Finding finding) {
    Evidence evidence = new Evidence(history);
    lines.addAll(evidence.lines(finding));
    finding.lines().stream()
        .limit(MAX_FURTHER_LINES)
        .forEach(line -> lines.addAll(ScreenText.wrap("  ", line)));
    int kept = evidence.operations(finding);
    if (kept > 0) {
      lines.add(
          "  "
              + Figures.count(kept)
              + " of "
              + Figures.count(run.operations().total(), "operation")
              + " kept; the rest can be left out.");
    }
  }

  private static List<Finding> violations(CheckResult result) {
    return result.findings().stream()
        .filter(finding -> finding.severity() == Finding.Severity.VIOLATION)
        .toList();
  }

  private void unknown(List<String> lines, RunSummary run, List<CheckResult> results) {
    List<String> reasons = new ArrayList<>();
    for (CheckResult result : results) {
      if (result.verdict() instanceof Verdict.Unknown(String reason)) {
        reasons.add(reason + " (" + result.checker() + ")");
      }
    }
    String given = run.reason();
    String first =
        given != null ? given : reasons.isEmpty() ? "no reason was given" : reasons.removeFirst();
    lines.addAll(headline(run, first));
    list(
        lines,
        "  also     ",
        reasons.stream().filter(reason -> !reason.startsWith(first)).toList());
    lines.addAll(
        ScreenText.wrap(
            "           ",
            "No promise was seen broken, and none was shown to hold: this run must not count as"
                + " passed. Remove the reason above, then run it again; if only the check fell"
                + " short, recheck."));
  }

  private static void warnings(List<String> lines, List<CheckResult> results) {
    List<String> claims =
        results.stream()
            .flatMap(result -> result.findings().stream())
            .filter(finding -> finding.severity() == Finding.Severity.WARNING)
            .map(Finding::claim)
            .toList();
    list(lines, "  warning  ", claims);
  }

  private static void list(List<String> lines, String lead, List<String> entries) {
    entries.stream()
        .limit(MAX_WARNINGS)
        .forEach(entry -> lines.addAll(ScreenText.wrap(lead, entry)));
    if (entries.size() > MAX_WARNINGS) {
      lines.add(
          lead
              + "… and "
              + Figures.count(entries.size() - MAX_WARNINGS)
              + " more, in results.json");
    }
  }

  private static void figures(List<String> lines, RunSummary run) {
    Long recovery = run.recoveryNanos();
    Integer changes = run.leaderChanges();
    String counts =
        "operations ok "
            + Figures.count(run.operations().ok())
            + "  fail "
            + Figures.count(run.operations().fail())
            + "  info "
            + Figures.count(run.operations().info());
    lines.add(
        "  "
            + (recovery == null ? "no recovery" : "recovery " + Figures.span(recovery))
            + ", leader changes "
            + (changes == null ? "unknown" : Figures.count(changes))
            + ", "
            + counts);
    StringJoiner availability = new StringJoiner("; ");
    run.availability().forEach(fault -> availability.add(ScreenText.unbroken(availability(fault))));
    if (availability.length() > 0) {
      lines.addAll(ScreenText.wrap("  first ok ", availability.toString()));
    }
  }

  private static String availability(FaultAvailability fault) {
    Long median = fault.firstSuccessMedianNanos();
    Long max = fault.firstSuccessMaxNanos();
    if (median == null || max == null) {
      return "after " + fault.fault() + " never (of " + Figures.count(fault.effective()) + ")";
    }
    return "after "
        + fault.fault()
        + " "
        + Figures.span(median)
        + " median, "
        + Figures.span(max)
        + " max";
  }
}
