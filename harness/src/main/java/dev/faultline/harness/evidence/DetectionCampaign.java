package dev.faultline.harness.evidence;

import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.history.Event;
import dev.faultline.checkers.history.History;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Seed;
import dev.faultline.harness.run.Preparation;
import dev.faultline.harness.run.Report;
import dev.faultline.harness.run.Run;
import dev.faultline.harness.run.RunListener;
import dev.faultline.harness.scenario.Scenario;
import dev.faultline.harness.scenario.ScenarioException;
import dev.faultline.harness.scenario.ScenarioKey;
import dev.faultline.harness.scenario.ScenarioWords;
import dev.faultline.results.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Switches on the known bugs of the bundled server, one at a time, and counts in how many runs each
 * is caught.
 *
 * @param scenarios a directory with a scenario file for each bug, named after it, or a text file
 *     that says why there is none
 * @param seeds runs of each
 * @param seed what the seeds of the runs are forked from
 * @param out where the runs are kept
 * @param version the version of Faultline
 */
public record DetectionCampaign(Path scenarios, int seeds, Seed seed, Path out, String version) {

  /** A bug counts as caught if it is caught in this share of its runs. */
  private static final double CAUGHT_SHARE = 0.8;

  private static final String SUFFIX = ".yaml";

  /** Files that say why a bug has no scenario. */
  private static final String REASON_SUFFIX = ".txt";

  /**
   * Runs the campaign and prints a table in Markdown, a row for each run.
   *
   * @param only the bugs to look at; all if empty
   * @return VALID if every bug was caught often enough, else INVALID
   */
  public ExitCode run(PrintWriter to, List<String> only)
      throws IOException, EnvironmentException, ScenarioException {
    to.println("| deviation | seed | verdict | detected after | checker | what the client saw |");
    to.println("|---|---|---|---|---|---|");
    StringBuilder totals = new StringBuilder();
    boolean all = true;
    for (Path file : files(only)) {
      int caught = 0;
      for (int i = 1; i <= seeds; i++) {
        Report report = runOnce(file, i);
        caught += report.verdict() instanceof Verdict.Invalid ? 1 : 0;
        to.println(row(report));
        to.flush();
      }
      all &= caught >= CAUGHT_SHARE * seeds;
      totals.append(
          String.format(
              Locale.ROOT, "%s: caught in %d of %d runs%n", name(file, SUFFIX), caught, seeds));
    }
    to.println();
    to.print(totals);
    for (Path file : withSuffix(REASON_SUFFIX)) {
      to.println(
          name(file, REASON_SUFFIX)
              + ": cannot show with processes and signals. "
              + Files.readString(file).strip().replaceAll("\\s+", " "));
    }
    to.flush();
    return all ? ExitCode.VALID : ExitCode.INVALID;
  }

  private List<Path> files(List<String> only) throws IOException, ScenarioException {
    List<Path> chosen =
        withSuffix(SUFFIX).stream()
            .filter(file -> only.isEmpty() || only.contains(name(file, SUFFIX)))
            .toList();
    if (chosen.isEmpty() || chosen.size() < only.size()) {
      throw new ScenarioException(
          scenarios.toString(), "there is no scenario file for each of " + only);
    }
    return chosen;
  }

  private List<Path> withSuffix(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(scenarios)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private static String name(Path file, String suffix) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - suffix.length());
  }

  private Report runOnce(Path file, int i)
      throws IOException, EnvironmentException, ScenarioException {
    ScenarioWords words =
        ScenarioWords.read(file)
            .overlaidWith(
                ScenarioWords.ofOptions(
                    Map.of(ScenarioKey.SEED, seed.fork(name(file, SUFFIX) + " " + i).toString())));
    Scenario scenario = Scenario.resolve(words);
    String again = "./faultline run -f " + file + " --seed " + scenario.seed();
    return new Run(
            Preparation.of(scenario, out, false, version, List.of(again)).request(),
            RunListener.SILENT)
        .execute();
  }

  private static String row(Report report) {
    Scenario scenario = report.about().scenario();
    CheckResult telling =
        report.results().stream()
            .filter(result -> result.verdict() instanceof Verdict.Invalid)
            .findFirst()
            .orElse(report.results().getFirst());
    OptionalDouble seconds = secondsToDetection(report.history(), telling);
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s | %s |",
        scenario.deviation().orElse(""),
        scenario.seed(),
        report.verdict().word(),
        seconds.isPresent() ? String.format(Locale.ROOT, "%.1f s", seconds.getAsDouble()) : "",
        telling.checker(),
        telling.findings().stream()
            .filter(finding -> finding.severity() == Finding.Severity.VIOLATION)
            .map(Finding::claim)
            .findFirst()
            .orElse(telling.summary())
            .replace("|", "\\|"));
  }

  /** From the beginning of the main phase to the last of the events that prove the violation. */
  private static OptionalDouble secondsToDetection(History history, CheckResult result) {
    long start = 0;
    for (int i = 0; i < history.size(); i++) {
      if (history.process(i) == Event.NEMESIS) {
        start = history.timeNanos(i);
        break;
      }
    }
    long began = start;
    return result.findings().stream()
        .filter(finding -> !finding.events().isEmpty())
        .mapToDouble(finding -> (history.timeNanos(finding.events().getLast()) - began) / 1e9)
        .min();
  }
}
