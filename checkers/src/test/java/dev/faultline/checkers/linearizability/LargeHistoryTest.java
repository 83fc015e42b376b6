package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
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
      assertThat(result.details().members())
          .containsEntry("keys", Json.of(0))
          .containsEntry("unknownKeys", Json.of(1));
    }
  }

  @Test
  void whereverTheTimeEndsItSaysHowMuchIsLeft() throws IOException {
    Path file = write(manyKeys(300));
    List<Integer> left = new ArrayList<>();
    for (int looks = 1; looks < 300; looks += 25) {
      AtomicLong seen = new AtomicLong();
      int last = looks;
      LongSupplier clock = () -> seen.getAndIncrement() < last ? 0 : 10_000_000_000L;
      Budget budget = new Budget(Duration.ofSeconds(5), 128 << 10);
      try (LargeHistory large = LargeHistory.split(file, Set.of(), budget, means(1 << 10, clock))) {
        CheckResult result = large.check(CHECKER.withClock(clock));
        if (result.verdict() instanceof Verdict.Unknown(String reason)
            && reason.contains(" events were looked at")) {
          assertThat(reason).startsWith("out of time after 10.0 s, before ");
          left.add(
              Integer.valueOf(reason.replaceAll(".*before ([\\d,]+) .*", "$1").replace(",", "")));
        }
      }
    }
    assertThat(left).isSortedAccordingTo(Comparator.reverseOrder()).startsWith(1_200);
    assertThat(left.getLast()).isBetween(1, 600);
  }

  @Test
  void aHardPartTakesHalfOfTheTimeThatIsLeft() throws IOException {
    Script script = new Script();
    for (int i = 0; i < 2; i++) {
      script.key("easy " + i).did(100 + i, "write", "1").did(100 + i, "read", "1");
    }
    for (String key : List.of("hard a", "hard b", "hard c")) {
      hard(script.key(key));
    }
    CheckResult result = withTicks(write(script.history()));
    assertThat(result.verdict()).isInstanceOf(Verdict.Unknown.class);
    assertThat(result.summary()).containsPattern("^hard .: out of time after (1.[789]|2.0) s");
    assertThat(result.details().members())
        .containsEntry("keys", Json.of(5))
        .containsEntry("unknownKeys", Json.of(3));
  }

  @Test
  void aPartThatIsAllMayTakeAllTheTime() throws IOException {
    CheckResult result = withTicks(write(hard(new Script()).history()));
    assertThat(result.summary()).containsPattern("^k: out of time after (3.9|4.0) s");
  }

  /**
   * Checks within four seconds, of which three milliseconds are gone with each look at the clock.
   */
  private static CheckResult withTicks(Path file) throws IOException {
    AtomicLong millis = new AtomicLong();
    LongSupplier clock = () -> millis.addAndGet(3) * 1_000_000;
    Budget budget = new Budget(Duration.ofSeconds(4), 64 << 20);
    try (LargeHistory large = LargeHistory.split(file, Set.of(), budget, means(1 << 20, clock))) {
      return large.check(CHECKER.withClock(clock));
    }
  }

  /** So much on few values that it takes more looks at the clock than there is time. */
  private static Script hard(Script script) {
    Random random = new Random(1);
    for (int round = 0; round < 400; round++) {
      for (int process = 0; process < 40; process++) {
        boolean writes = process % 2 == 0;
        script.invoke(process, writes ? "write" : "read", writes ? "" + random.nextInt(5) : "null");
      }
      for (int process = 0; process < 40; process++) {
        if (process % 2 == 0) {
          script.ok(process);
        } else {
          script.ok(process, "" + random.nextInt(5));
        }
      }
    }
    return script;
  }

  @Test
  void tellsHowManyKeysAreDone() throws IOException {
    List<String> told = new ArrayList<>();
    Path file = write(manyKeys(300));
    try (LargeHistory large =
        LargeHistory.split(file, Set.of(), BUDGET, means(1 << 10, System::nanoTime))) {
      CheckProgress progress =
          (done, keys) -> {
            synchronized (told) {
              told.add(done + " of " + keys);
            }
          };
      assertThat(large.check(CHECKER.reportingTo(progress)).verdict()).isEqualTo(Verdict.valid());
    }
    assertThat(told)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, 40).mapToObj(done -> done + " of 40").toList());
  }

  @Test
  void isOfNoUseWhenItIsClosed() throws IOException {
    LargeHistory large = LargeHistory.split(write(manyKeys(300)), Set.of(), BUDGET);
    large.close();
    assertThatThrownBy(() -> large.check(CHECKER)).isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void whatNoMemoryHoldsIsNotEvenRead() throws IOException {
    Script script = new Script();
    for (int i = 0; i < 600; i++) {
      script.key(null).did(0, "write", Integer.toString(i));
      script.key("giant").did(1, "write", Integer.toString(i));
      script.key("k" + i % 20).did(2, "write", Integer.toString(i));
    }
    LargeHistory.Means small = new LargeHistory.Means(32 * 1_000, 80, System::nanoTime);
    try (LargeHistory large =
        LargeHistory.split(write(script.history()), Set.of(), BUDGET, small)) {
      CheckResult result = large.check(CHECKER);
      assertThat(result.summary())
          .containsAnyOf(
              "giant: 1,200 events do not", "operations without a key: 1,200 events do not")
          .endsWith("; give the process more memory, or use fewer operations a key (2 such keys)");
      assertThat(result.details().members())
          .containsEntry("unknownKeys", Json.of(2))
          .containsEntry("keys", Json.of(20));
    }
    Script alone = new Script().key(null);
    for (int i = 0; i < 501; i++) {
      alone.did(0, "write", Integer.toString(i));
    }
    try (LargeHistory large = LargeHistory.split(write(alone.history()), Set.of(), BUDGET, small)) {
      assertThat(large.check(CHECKER).summary())
          .startsWith("operations without a key: 1,002 events do not fit into memory; give the");
    }
  }

  private static LargeHistory.Means means(int memoryAnEvent, LongSupplier clock) {
    return new LargeHistory.Means(Long.MAX_VALUE, memoryAnEvent, clock);
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
    try (LargeHistory history =
        LargeHistory.split(file, Set.of(), BUDGET, means(memoryAnEvent, System::nanoTime))) {
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
