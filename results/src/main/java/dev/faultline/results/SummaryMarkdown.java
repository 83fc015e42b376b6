package dev.faultline.results;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reports runs in GitHub's Markdown, for a job's summary page: a table of all runs, then the last
 * screen of each that did not pass, worst first.
 *
 * <p>GitHub drops a summary above 1 MiB whole, so this one ends before {@link #MAX_BYTES}, and says
 * what it left out.
 */
public final class SummaryMarkdown {

  /** The most that {@link #render} returns, in bytes of UTF-8. */
  public static final int MAX_BYTES = 900 * 1024;

  /** What is kept free for the line that says what was left out. */
  private static final int RESERVE_BYTES = 200;

  private static final String TABLE_HEAD =
      """
      | verdict | workload | faults | system | operations | what was seen |
      |---|---|---|---|--:|---|
      """;

  private SummaryMarkdown() {}

  /** Writes the report of {@code runs} to {@code file}. */
  public static void write(Path file, List<FinishedRun> runs) throws IOException {
    Files.writeString(file, render(runs), StandardCharsets.UTF_8);
  }

  /** Returns the report of {@code runs}. */
  public static String render(List<FinishedRun> runs) {
    List<FinishedRun> worstFirst =
        runs.stream().sorted(Comparator.comparingInt(SummaryMarkdown::rank)).toList();
    Stream<String> table =
        Stream.concat(Stream.of(TABLE_HEAD), worstFirst.stream().map(SummaryMarkdown::row));
    Stream<String> screens =
        worstFirst.stream()
            .filter(run -> runs.size() == 1 || run.summary().exitCode() != 0)
            .map(SummaryMarkdown::section);
    return "## Faultline: "
        + headline(runs)
        + "\n\n"
        + upToLimit(Stream.concat(table, screens).toList());
  }

  private static String upToLimit(List<String> parts) {
    StringBuilder text = new StringBuilder();
    int bytes = 0;
    for (int i = 0; i < parts.size(); i++) {
      bytes += parts.get(i).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_BYTES - RESERVE_BYTES) {
        return text
            + "\n"
            + Figures.count(parts.size() - i)
            + " further parts were left out, to stay below GitHub's limit.\n";
      }
      text.append(parts.get(i));
    }
    return text.toString();
  }

  private static int rank(FinishedRun run) {
    return Stream.of(ExitCode.values())
        .filter(code -> code.status() == run.summary().exitCode())
        .findFirst()
        .orElse(ExitCode.INTERNAL_ERROR)
        .compareTo(ExitCode.INTERNAL_ERROR);
  }

  private static String headline(List<FinishedRun> runs) {
    long passed = runs.stream().filter(run -> run.summary().exitCode() == 0).count();
    return runs.size() == 1
        ? runs.getFirst().summary().verdict()
        : Figures.count(passed) + " of " + Figures.count(runs.size(), "run") + " passed";
  }

  private static String row(FinishedRun run) {
    RunSummary summary = run.summary();
    return "| "
        + String.join(
            " | ",
            summary.verdict(),
            MarkdownText.cell(summary.workload()),
            MarkdownText.cell(run.title()),
            MarkdownText.cell(summary.describeSystem()),
            Figures.count(summary.operations().total()),
            MarkdownText.cell(run.sentence()))
        + " |\n";
  }

  private static String section(FinishedRun run) {
    String fence = run.screen().contains("```") ? "~~~~~~" : "```";
    return "\n### "
        + MarkdownText.cell(
            run.summary().verdict() + " " + run.summary().workload() + ", " + run.title())
        + "\n\n"
        + fence
        + "text\n"
        + run.screen()
        + fence
        + "\n";
  }
}
