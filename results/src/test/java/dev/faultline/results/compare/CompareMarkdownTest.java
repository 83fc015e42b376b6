package dev.faultline.results.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Finding;
import dev.faultline.checkers.Verdict;
import dev.faultline.results.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareMarkdownTest {

  @TempDir Path directory;

  /** GitHub makes no table of rows whose cells are not as many as the heads. */
  private static void assertTablesAreWhole(String text) {
    int expected = -1;
    for (String line : text.lines().toList()) {
      if (!line.startsWith("|")) {
        expected = -1;
        continue;
      }
      int cells = line.replace("\\\\", "").replace("\\|", "").split("\\|", -1).length;
      expected = expected < 0 ? cells : expected;
      assertThat(cells).as(line).isEqualTo(expected);
    }
  }

  @Test
  void holdsEveryTable() throws IOException {
    Path file = directory.resolve("compare.md");
    CompareMarkdown.write(file, Comparisons.twoSystems());
    String text = Files.readString(file);

    assertTablesAreWhole(text);
    assertThat(text.lines())
        .startsWith(
            "## Faultline: raft, etcd",
            "",
            "raft kept its promises in all 3 rounds; etcd kept its promises in all 3 rounds.")
        .contains(
            "| linearizable | VALID 3 | VALID 3 |",
            "| write | 35,706 ok, 168 fail, 654 info | 35,706 ok, 168 fail, 654 info |",
            "| kill | 250 (250–250) | 250 (250–250) |",
            "| kill | etcd | 300 | 30 | 30 | 600 | 2,701 | 30 | 1,900 | 2,651 | 2,701 |",
            "| kill | etcd | 66.7 % | 923 ms (911–934, 6×) | 900 ms (900–900, 6×)"
                + " | 1.8 s (1.8–1.8, 6×) |",
            "| definite | not-connected 93 | not-connected 93 |",
            "| peer RTT p99 | \\< 0.1 ms | not offered |",
            "| heartbeat | NO | 100 ms | 50 ms |",
            "| nodes | yes | 5 | 5 |",
            "| 2 | etcd | VALID | – | 0x9e3779b97f4a7c15 | results/runs/etcd-2 |");
  }

  @Test
  void showsTheFirstBrokenPromiseWithItsRun() {
    assertThat(CompareMarkdown.render(Comparisons.brokenPromise()).lines())
        .contains(
            "| all | VALID 3 | INVALID 1, VALID 2 |",
            "First broken promise of etcd (round 2, linearizable): register k3: process 2 read 17"
                + " at 12.402 s, 14 ms after write 18 had been acknowledged. Kept in"
                + " results/runs/etcd-2");
  }

  @Test
  void whateverASystemSaysStaysTextAndInItsCell() {
    Finding nasty =
        new Finding(
            Finding.Severity.VIOLATION,
            "read `a|b`\n<script> *x* | y\\",
            null,
            List.of(),
            List.of());
    Comparison comparison =
        Comparison.of(
            List.of(
                Comparisons.judged(
                    "a|b",
                    1,
                    List.of(Runs.result("linearizable", Verdict.invalid(), "broken", nasty)),
                    Comparisons.figures(1, 400),
                    Comparisons.LOUD,
                    Map.of("flags", "--x=|")),
                new ComparedRun.NotStarted("c", 1, "port | taken\nby <pid>", Map.of())));

    String text = CompareMarkdown.render(comparison);

    assertTablesAreWhole(text);
    assertThat(text)
        .contains("read \\`a\\|b\\` \\<script\\> \\*x\\* \\| y\\\\")
        .contains("| 1 | c | NOT STARTED | port \\| taken by \\<pid\\> | – | – |")
        .contains("| all | 23,804 ok, 96 fail, 218 info | – |")
        .doesNotContain("<script>");
  }
}
