package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.Script;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.HistoryFormatException;
import dev.faultline.checkers.history.HistoryLines;
import dev.faultline.checkers.history.HistoryReader;
import dev.faultline.checkers.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history in parts is judged like the whole. */
class LargeHistoryTest {

  private static final Budget BUDGET = new Budget(Duration.ofSeconds(20), 128 << 10);

  private static final LinearizabilityChecker CHECKER =
      new LinearizabilityChecker(Models.named("cas-register").orElseThrow());

  @TempDir Path directory;

  /** Whatever is wrong with a history, and wherever, is told in the same words. */
  @Test
  void isJudgedLikeTheWhole() throws IOException {
    Random random = new Random(1);
    Map<String, Integer> ends = new TreeMap<>();
    for (int i = 0; i < 400; i++) {
      byte[] text = lines(random);
      Path file =
          Files.write(
              directory.resolve("history.ndjson"),
              random.nextInt(4) == 0 ? gzip(text, random.nextInt(3) == 0, random) : text);
      String whole = whole(file);
      assertThat(parts(file, 1 << random.nextInt(5, 18))).as("history %d", i).isEqualTo(whole);
      ends.merge(whole.substring(0, whole.indexOf(' ')), 1, Integer::sum);
    }
    assertThat(ends.keySet()).containsExactly("INVALID", "UNKNOWN", "VALID", "malformed");
    assertThat(ends.values()).allSatisfy(count -> assertThat(count).isGreaterThan(12));
  }

  @Test
  void keepsWhatItsFindingsNeedAndTheFaults() throws IOException {
    Script script = new Script().nemesis("start", "{\"id\":\"f1\",\"fault\":\"kill\"}");
    for (int i = 0; i < 50; i++) {
      script.key("k" + i).did(i, "write", "1").did(i, "write", "2");
    }
    script.nemesis("stop", "{\"id\":\"f1\",\"fault\":\"kill\"}").key("k7").did(70, "read", "1");
    Path file = write(script.history());
    try (LargeHistory large = LargeHistory.split(file, Set.of(), BUDGET)) {
      Finding finding = large.check(CHECKER).findings().getFirst();
      History excerpt = large.evidence();
      assertThat(finding.events()).hasSize(6);
      assertThat(excerpt.size()).isEqualTo(8);
      for (int place : finding.events()) {
        assertThat(excerpt.event(excerpt.indexOf(place)))
            .isEqualTo(HistoryReader.read(file).event(place));
      }
      assertThat(excerpt.f(excerpt.indexOf(201))).isEqualTo("stop");
    }
  }

  @Test
  void looksOnlyAtTheKeysAskedFor() throws IOException {
    Script script = new Script().key("a").did(0, "write", "1").did(0, "read", "2");
    Path file = write(script.key("b").did(0, "write", "1").history());
    try (LargeHistory large = LargeHistory.split(file, Set.of("b", "c"), BUDGET)) {
      assertThat(large.absentKeys()).containsExactly("c");
      assertThat(large.someKeys()).containsExactlyInAnyOrder("a", "b");
      assertThat(large.operations()).isEqualTo(3);
      assertThat(large.events()).isEqualTo(2);
      CheckResult result = large.check(CHECKER.onlyKeys(Set.of("b", "c")));
      assertThat(result.verdict()).isEqualTo(Verdict.valid());
      assertThat(result.details().members()).containsEntry("keys", Json.of(1));
    }
  }

  @Test
  void theTimeOfSplittingCounts() throws IOException {
    Path file = write(manyKeys(3_000));
    try (LargeHistory large =
        LargeHistory.split(file, Set.of("nobody"), new Budget(Duration.ZERO, 64 << 10))) {
      assertThat(large.absentKeys()).isEmpty(); // Nobody knows.
      assertThat(large.check(CHECKER).verdict().toString())
          .contains("while the history was split by key, at event 2,048 of about 12,");
    }
  }

  @Test
  void saysWhatWasNotLookedAt() throws IOException {
    Path file = write(manyKeys(300));
    // Too short a file for a look at the clock while it is split.
    try (LargeHistory large =
        LargeHistory.split(file, Set.of(), new Budget(Duration.ZERO, 64 << 10))) {
      CheckResult result = large.check(CHECKER);
      assertThat(result.verdict().toString()).contains("before 1,200 events were looked at; give");
      assertThat(result.details().members()).containsEntry("keys", Json.of(0));
    }
  }

  /** One key is too large for any memory; the others, one of them violated, are decided. */
  @Test
  void aKeyThatDoesNotFitIsUnknownAndTheOthersAreDecided() throws IOException {
    Script script = new Script();
    for (int i = 0; i < 600; i++) {
      script.key("giant").did(0, "write", Integer.toString(i));
      script.key("k" + i % 20).did(1, "write", Integer.toString(i));
    }
    Budget budget = new Budget(Duration.ofSeconds(20), 20 << 10);
    try (LargeHistory large = LargeHistory.split(write(script.history()), Set.of(), budget)) {
      CheckResult result = large.check(CHECKER);
      assertThat(result.verdict()).isInstanceOf(Verdict.Unknown.class);
      assertThat(result.summary()).startsWith("giant: out of memory").contains("more memory");
      assertThat(result.details().members())
          .containsEntry("unknownKeys", Json.of(1))
          .containsEntry("keys", Json.of(21));
    }
  }

  @Test
  void isChosenBySize() throws IOException {
    Path file = write(manyKeys(300));
    assertThat(LargeHistory.isTooLarge(file, 1 << 10)).isTrue();
    assertThat(LargeHistory.isTooLarge(file, 1 << 30)).isFalse();
  }

  private static History manyKeys(int operations) {
    Script script = new Script();
    for (int i = 0; i < operations; i++) {
      script.key("k" + i % 40).did(i % 40, "write", Integer.toString(i));
      script.did(i % 40, "read", Integer.toString(i));
    }
    return script.history();
  }

  /** Returns the lines of a history that is valid, wrong in what it tells, or malformed. */
  private static byte[] lines(Random random) {
    List<String> lines = new ArrayList<>(RandomLines.of(random));
    switch (random.nextInt(4)) {
      case 0 -> RandomLines.spoil(lines, random);
      case 1 -> lines.add("{\"process\":0,\"type\":\"inv"); // What a killed writer leaves.
      default -> {}
    }
    boolean terminated = random.nextBoolean() && !String.join("", lines).endsWith("inv");
    return (String.join("\n", lines) + (terminated ? "\n" : "")).getBytes(StandardCharsets.UTF_8);
  }

  /** Zips {@code text}, with a bit of it wrong or its end missing if it is to be damaged. */
  private static byte[] gzip(byte[] text, boolean damaged, Random random) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      out.write(text);
    }
    byte[] bytes = zipped.toByteArray();
    if (damaged && random.nextBoolean()) {
      bytes[random.nextInt(2, bytes.length)] ^= 4;
    }
    return damaged ? Arrays.copyOf(bytes, random.nextInt(2, bytes.length + 1)) : bytes;
  }

  private static String whole(Path file) throws IOException {
    try {
      History history = HistoryReader.read(file);
      return told(
          checker(Models.suggestedFor(history)).check(new Recording(history, null), BUDGET));
    } catch (HistoryFormatException e) {
      return "malformed " + e.getMessage();
    }
  }

  private static String parts(Path file, int memoryAnEvent) throws IOException {
    try (LargeHistory history = LargeHistory.split(file, Set.of(), BUDGET, memoryAnEvent)) {
      return told(history.check(checker(history.suggestedModel())));
    } catch (HistoryFormatException e) {
      return "malformed " + e.getMessage();
    }
  }

  private static LinearizabilityChecker checker(String model) {
    return new LinearizabilityChecker(Models.named(model).orElseThrow()).withOrder();
  }

  private static String told(CheckResult result) {
    Map<String, Json> figures = new TreeMap<>(result.details().members());
    return result.verdict().word()
        + " "
        + result.verdict()
        + result.summary()
        + result.findings()
        + figures;
  }

  private Path write(History history) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < history.size(); i++) {
      HistoryLines.append(lines, i, history.event(i));
    }
    return Files.writeString(directory.resolve("history.ndjson"), lines);
  }
}
