package dev.faultline.results;

import java.nio.file.Path;

/**
 * A run that is over, with all that reports need of it.
 *
 * @param summary the summary
 * @param screen its last screen, without colour
 * @param directory where it is kept
 */
public record FinishedRun(RunSummary summary, String screen, Path directory) {

  /** Returns a name for this run among others of its workload: {@code partition+kill seed=0x2a}. */
  String title() {
    String faults = summary.faults().isEmpty() ? "no faults" : String.join("+", summary.faults());
    return faults + " seed=" + summary.seed();
  }

  /** Returns the first line of the screen without the verdict's word. */
  String sentence() {
    String first = screen.lines().findFirst().orElse("");
    String word = summary.verdict();
    return (first.startsWith(word) ? first.substring(word.length()) : first).strip();
  }
}
