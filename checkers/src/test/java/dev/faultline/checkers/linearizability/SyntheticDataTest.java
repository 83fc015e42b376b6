package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.history.HistoryReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks the synthetic histories with known verdicts where they are there: in {@code shared/data}
 * beside the repository, or in the directory that {@code FAULTLINE_DATA} or the system property
 * {@code faultline.data} names. What the budget does not suffice for may be UNKNOWN, never wrong.
 */
class SyntheticDataTest {

  /** Short, so that the suite stays quick; {@code faultline.data.seconds} gives more. */
  private static final Budget BUDGET =
      new Budget(Duration.ofSeconds(Long.getLong("faultline.data.seconds", 1)), 512 << 20);

  /** Verdicts that the budget suffices for many times over, so that UNKNOWN cannot hide a bug. */
  private static final int FEWEST_DECIDED = 6;

  @Test
  void agreesWithTheKnownVerdicts() throws IOException {
    Path directory = dataDirectory().resolve("linearizability");
    Path expected = directory.resolve("expected.csv");
    assumeTrue(Files.exists(expected), () -> "no histories with known verdicts in " + directory);
    List<String> rows;
    try (Stream<String> lines = Files.lines(expected)) {
      rows = lines.filter(line -> line.startsWith("synthetic/")).toList();
    }
    assertThat(rows).isNotEmpty();
    int decided = 0;
    for (String row : rows) {
      String[] columns = row.split(",", 5);
      CheckResult result = check(directory.resolve(columns[0]));
      System.out.printf(
          "%s: %s, expected %s, %d ms, %s%n",
          columns[0],
          result.verdict().word(),
          columns[3],
          result.elapsedNanos() / 1_000_000,
          result.summary());
      if (!(result.verdict() instanceof Verdict.Unknown)) {
        decided++;
        assertThat(result.verdict().word()).as(row).isEqualToIgnoringCase(columns[3]);
      }
    }
    assertThat(decided).isGreaterThanOrEqualTo(FEWEST_DECIDED);
  }

  private static CheckResult check(Path file) throws IOException {
    Model<?> model = Models.named("cas-register").orElseThrow();
    Recording recording = new Recording(HistoryReader.read(file), null);
    return new LinearizabilityChecker(model).check(recording, BUDGET);
  }

  private static Path dataDirectory() {
    String named = System.getProperty("faultline.data", System.getenv("FAULTLINE_DATA"));
    return named != null ? Path.of(named) : Path.of("..", "..", "shared", "data");
  }
}
