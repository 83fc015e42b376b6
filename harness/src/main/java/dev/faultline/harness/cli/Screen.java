package dev.faultline.harness.cli;

import dev.faultline.checkers.Finding;
import dev.faultline.checkers.history.History;
import dev.faultline.harness.run.Report;
import dev.faultline.harness.run.RunListener;
import dev.faultline.harness.scenario.Scenario;
import dev.faultline.results.Evidence;
import dev.faultline.results.compare.CompareScreen;
import dev.faultline.results.compare.Comparison;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/** What a command shows of a run before, during and after it. */
final class Screen {

  private final PrintWriter err;
  private final boolean terminal;
  private final boolean colour;

  Screen(CommandLine command) {
    this.err = command.getErr();
    this.terminal = isTerminal() && System.getenv("CI") == null;
    this.colour = terminal && System.getenv("NO_COLOR") == null;
  }

  @SuppressWarnings("SystemConsoleNull") // It is null again without a terminal since JDK 25.
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
  }

  /** Prints the scenario in full, its seed included: a run that is killed can be repeated too. */
  void opening(Scenario scenario, List<String> remarks) {
    scenario.deviation().ifPresent(this::banner);
    err.println(String.join("  ", scenario.toYaml().lines().toList()));
    remarks.forEach(remark -> err.println("note: " + remark));
    err.flush();
  }

  private void banner(String deviation) {
    String text = "  BROKEN ON PURPOSE: the system runs with the known bug '" + deviation + "'  ";
    String bar = "#".repeat(text.length());
    err.println(bar);
    err.println(text);
    err.println(bar);
  }

  /** Returns what shows the progress of a run. */
  RunListener listener(ProgressMode mode) {
    return switch (mode) {
      case none -> RunListener.SILENT;
      case live -> new LiveProgress(err);
      case plain -> new PlainProgress(err);
      case auto -> terminal ? new LiveProgress(err) : new PlainProgress(err);
    };
  }

  /** Returns the last screen of a run. */
  String closing(Report report) {
    return report.screen(colour);
  }

  /** Prints a line beside what a command is for. */
  void line(String text) {
    err.println(text);
    err.flush();
  }

  /** Returns the table of a comparison that is kept in {@code directory}. */
  String comparison(Comparison comparison, Path directory) {
    return new CompareScreen(colour).render(comparison, directory);
  }

  /** Returns the content of the run's {@code run.json}. */
  static String json(Report report) throws IOException {
    return Files.readString(report.directory().runJson()).strip() + "\n";
  }

  /** Prints the operations that show {@code finding}. */
  static void evidence(PrintWriter out, History history, Finding finding) {
    out.println("  " + finding.claim());
    new Evidence(history).lines(finding).forEach(out::println);
  }
}
