package dev.faultline.harness.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.compare.Comparing;
import dev.faultline.harness.compare.Contender;
import dev.faultline.harness.run.RunListener;
import dev.faultline.harness.scenario.Scenario;
import dev.faultline.harness.scenario.ScenarioException;
import dev.faultline.results.RunDirectory;
import dev.faultline.results.compare.CompareMarkdown;
import dev.faultline.results.compare.ComparedRun;
import dev.faultline.results.compare.Comparison;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code faultline compare}: the same faults and the same clients for two systems or more. */
@Command(
    name = "compare",
    description =
        "Run systems side by side, with the same seeds and fault plans, and put them in one table.",
    footer = {
      "",
      "Every option of 'run' but --system and --deviation is one here too, and holds for all systems.",
      "Exit code: that of the worst run."
    })
final class CompareCommand implements Callable<Integer> {

  private static final String JSON = "compare.json";
  private static final String MARKDOWN = "compare.md";
  private static final int MOST_SYSTEMS = 4;
  private static final int MOST_RUNS = 1_000;

  @Spec CommandSpec spec;

  @Option(
      names = "--systems",
      split = ",",
      paramLabel = "NAME",
      description = "two to four systems; NAME:DEVIATION runs one with a known bug (raft,etcd)")
  List<String> systems = List.of("raft", "etcd");

  @Option(names = "--runs", paramLabel = "N", description = "how many runs each system gets (3)")
  int runs = 3;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "SCENARIO",
      description = "a scenario file; options win over what it says")
  @Nullable Path file;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "where comparisons are kept (results/compare)")
  Path out = Path.of("results", "compare");

  @Option(
      names = "--progress",
      paramLabel = "MODE",
      description = "auto, live, plain or none (auto)")
  ProgressMode progress = ProgressMode.auto;

  @Option(names = "--json", description = "print compare.json instead of the table")
  boolean json;

  @Override
  public Integer call() throws IOException, ScenarioException, EnvironmentException {
    check();
    ParseResult parsed = spec.commandLine().getParseResult();
    Screen screen = new Screen(spec.commandLine());
    Progress shown = new Progress(screen, progress);
    Comparing comparing =
        Comparing.of(
            systems.stream().map(Contender::new).toList(),
            ScenarioOptions.words(parsed, file),
            runs,
            Version.text(),
            shown);
    Path directory = directory(String.join("-", systems).replaceAll("[^A-Za-z0-9._+-]", "-"));
    shown.directory = directory;
    if (progress != ProgressMode.none) {
      screen.line("comparing " + String.join(", ", systems) + "; seed " + comparing.seed());
    }
    try (OrderlyExit _ = OrderlyExit.on(comparing::interrupt)) {
      Optional<Comparison> comparison = comparing.execute(directory.resolve("runs"));
      if (comparison.isPresent()) {
        print(screen, comparison.get(), directory);
      }
    }
    return comparing.exitCode().status();
  }

  private void print(Screen screen, Comparison comparison, Path directory) throws IOException {
    PrintWriter to = spec.commandLine().getOut();
    to.print(
        json
            ? Files.readString(directory.resolve(JSON)).strip() + "\n"
            : screen.comparison(comparison, directory));
    to.flush();
  }

  private void check() {
    if (systems.size() < 2 || systems.size() > MOST_SYSTEMS) {
      throw new ParameterException(
          spec.commandLine(), "--systems takes two to four systems, such as raft,etcd");
    }
    if (systems.stream().distinct().count() < systems.size()) {
      throw new ParameterException(spec.commandLine(), "--systems names a system twice");
    }
    if (runs < 1 || runs > MOST_RUNS) {
      throw new ParameterException(
          spec.commandLine(), "--runs takes a number between 1 and " + MOST_RUNS);
    }
  }

  private Path directory(String name) throws EnvironmentException {
    try {
      return RunDirectory.createUnused(out, name, Instant.now());
    } catch (IOException e) {
      throw new EnvironmentException(
          "no comparison can be kept in " + out + ": " + e,
          "Make the directory writable, free space, or name another one with --out.",
          e);
    }
  }

  /** Shows how it goes, and keeps what is known after every run: the next one may break off. */
  private static final class Progress implements Comparing.Outlook {

    private final Screen screen;
    private final ProgressMode mode;
    private Path directory = Path.of("");

    Progress(Screen screen, ProgressMode mode) {
      this.screen = screen;
      this.mode = mode;
    }

    @Override
    public RunListener runBegins(int round, int rounds, Contender contender, Scenario scenario) {
      line(
          "run " + round + " of " + rounds + "  " + contender.text() + "  seed " + scenario.seed());
      return screen.listener(mode);
    }

    @Override
    public void runEnded(ComparedRun run, Comparison soFar) throws IOException {
      soFar.write(directory.resolve(JSON));
      CompareMarkdown.write(directory.resolve(MARKDOWN), soFar);
      line(
          switch (run) {
            case ComparedRun.Judged judged ->
                "    " + judged.summary().verdict() + "  " + judged.directory();
            case ComparedRun.NotStarted not -> "    not started: " + not.reason();
          });
    }

    private void line(String text) {
      if (mode != ProgressMode.none) {
        screen.line(text);
      }
    }
  }
}
