package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.history.HistoryImport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Checks histories of others with known verdicts where they are there: in {@code shared/data}
 * beside the repository, or in the directory that {@code FAULTLINE_DATA} or the system property
 * {@code faultline.data} names.
 */
class KnownVerdictsTest {

  private static final Budget BUDGET = new Budget(Duration.ofSeconds(60), 512 << 20);

  /** Of some of these histories Knossos says that they are fine, because nothing is wrong. */
  private static final List<Verdict> TELL_NOTHING =
      List.of(Verdict.unknown("the history has no operation of a client"), Report.NOTHING_TOLD);

  private final Path directory = dataDirectory().resolve("linearizability");

  @BeforeEach
  void findsTheHistories() {
    assumeTrue(
        Files.isDirectory(directory), () -> "no histories with known verdicts: " + directory);
  }

  @Test
  void agreesWithPorcupine() throws IOException {
    List<String> rows = Files.readAllLines(directory.resolve("expected.csv"));
    assertThat(rows).hasSizeGreaterThan(70);
    for (String row : rows.subList(1, rows.size())) {
      String[] columns = row.split(",", 5);
      CheckResult result = check(directory.resolve(columns[0]), columns[1]);
      assertThat(result.verdict().word()).as(row).isEqualToIgnoringCase(columns[3]);
    }
  }

  @Test
  void threadsWithinAKeyFindTheSame() throws IOException {
    List<String> rows = Files.readAllLines(directory.resolve("expected.csv"));
    for (String row : rows.subList(1, rows.size())) {
      String[] columns = row.split(",", 5);
      Path file = directory.resolve(columns[0]);
      Recording recording = new Recording(HistoryImport.read(file, Optional.empty()), null);
      LinearizabilityChecker checker =
          new LinearizabilityChecker(Models.named(columns[1]).orElseThrow());
      CheckResult alone = checker.check(recording, BUDGET);
      CheckResult helped = checker.withThreads(3).check(recording, BUDGET);
      assertThat(helped.verdict()).as(row).isEqualTo(alone.verdict());
      assertThat(helped.findings()).as(row).isEqualTo(alone.findings());
    }
  }

  @Test
  void agreesWithKnossos() throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(directory.resolve("knossos"))) {
      files = found.filter(file -> file.toString().endsWith(".edn")).toList();
    }
    assertThat(files).hasSizeGreaterThan(50);
    for (Path file : files) {
      Path place = directory.relativize(file);
      String model = place.getName(1).toString();
      boolean good = place.getName(2).toString().equals("good");
      // Some of these registers begin with nil and some with 0; the files do not tell which.
      List<Verdict> verdicts =
          List.of(check(file, model).verdict(), check(file, model + "=0").verdict());
      if (!TELL_NOTHING.contains(verdicts.getFirst())) {
        assertThat(verdicts)
            .as(file::toString)
            .contains(good ? Verdict.valid() : Verdict.invalid());
      }
    }
  }

  private static CheckResult check(Path file, String model) throws IOException {
    Recording recording = new Recording(HistoryImport.read(file, Optional.empty()), null);
    return new LinearizabilityChecker(Models.named(model).orElseThrow()).check(recording, BUDGET);
  }

  private static Path dataDirectory() {
    String named = System.getProperty("faultline.data", System.getenv("FAULTLINE_DATA"));
    return named != null ? Path.of(named) : Path.of("..", "..", "shared", "data");
  }
}
