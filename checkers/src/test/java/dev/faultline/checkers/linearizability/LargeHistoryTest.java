package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.Script;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.HistoryLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history in parts is judged like the whole. */
class LargeHistoryTest {

  private static final Budget BUDGET = new Budget(Duration.ofSeconds(20), 64 << 10);

  @TempDir Path directory;

  @Test
  void isJudgedLikeTheWhole() throws IOException {
    LinearizabilityChecker checker =
        new LinearizabilityChecker(Models.named("cas-register").orElseThrow());
    Random random = new Random(1);
    int invalid = 0;
    for (int i = 0; i < 30; i++) {
      History history = manyKeys(random);
      Path file = write(history);
      CheckResult whole = checker.check(new Recording(history, null), BUDGET);
      CheckResult parts = LargeHistory.check(file, _ -> checker, BUDGET);
      assertThat(parts.verdict()).isEqualTo(whole.verdict());
      assertThat(parts.details().members().get("keys"))
          .isEqualTo(whole.details().members().get("keys"));
      assertThat(parts.findings()).hasSameSizeAs(whole.findings());
      whole
          .findings()
          .forEach(finding ->
              assertThat(parts.findings())
                  .anySatisfy(other -> {
                    assertThat(other.claim()).isEqualTo(finding.claim());
                    assertThat(other.events()).isEqualTo(finding.events());
                    assertThat(other.lines()).hasSameSizeAs(other.events());
                  }));
      invalid += whole.findings().isEmpty() ? 0 : 1;
    }
    assertThat(invalid).isBetween(5, 25);
  }

  @Test
  void isChosenBySize() throws IOException {
    Path file = write(manyKeys(new Random(2)));
    assertThat(LargeHistory.isTooLarge(file, 1 << 10)).isTrue();
    assertThat(LargeHistory.isTooLarge(file, 1 << 30)).isFalse();
  }

  private static History manyKeys(Random random) {
    Script script = new Script();
    boolean lies = random.nextBoolean();
    for (int i = 0; i < 300; i++) {
      int key = random.nextInt(40);
      script.key("k" + key).did(key, "write", Integer.toString(i));
      boolean lie = lies && random.nextInt(100) == 0;
      script.did(key, "read", Integer.toString(lie ? 1000 : i));
    }
    return script.history();
  }

  private Path write(History history) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < history.size(); i++) {
      HistoryLines.append(lines, i, history.event(i));
    }
    return Files.writeString(directory.resolve("history.ndjson"), lines);
  }
}
