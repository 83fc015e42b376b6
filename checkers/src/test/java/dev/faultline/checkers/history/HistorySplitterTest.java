package dev.faultline.checkers.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.checkers.Script;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistorySplitterTest {

  private static final int OPERATIONS = 2_000;
  @TempDir Path directory;

  private final History history = history();

  private ScratchFile scratch;

  @BeforeEach
  void openScratch() throws IOException {
    scratch = ScratchFile.open(directory, 1);
  }

  @AfterEach
  void closeScratch() throws IOException {
    scratch.close();
  }

  @Test
  void everyEventGoesToOnePartAndEveryKeyToOne() throws IOException {
    List<HistorySplitter.Part> parts = split(write(), 7);
    assertThat(parts).hasSize(7);
    checkParts(parts);
    parts.forEach(HistorySplitter.Part::delete);
    assertThat(scratch.blocks()).isZero();
  }

  @Test
  void aPartCanBeSplitAgain() throws IOException {
    HistorySplitter.Part whole = split(write(), 1).getFirst();
    assertThat(whole.isOneKey()).isFalse();
    int blocks = scratch.blocks();
    List<HistorySplitter.Part> parts = whole.split(5, 1, HistorySplitterTest::ignore);
    assertThat(scratch.blocks()).isBetween(blocks, blocks + 5);
    checkParts(parts);
    assertThat(parts).allSatisfy(part -> assertThat(part.size()).isPositive());
    HistorySplitter.Part part = parts.getFirst();
    int size = part.size();
    checkParts(part.split(3, 2, HistorySplitterTest::ignore), size);
  }

  /** Their hash codes are equal; so are those of all strings made of them. */
  @Test
  void keysOfEqualHashCodesPart() throws IOException {
    Script script = new Script();
    for (String key : List.of("AaAa", "BBBB", "AaBB", "BBAa", "")) {
      script.key(key).did(0, "write", "1");
    }
    List<HistorySplitter.Part> parts =
        split(write(script.key(null).did(0, "read", "1").history()), 2);
    for (int depth = 1; depth < 12; depth++) {
      List<HistorySplitter.Part> smaller = new ArrayList<>();
      for (HistorySplitter.Part part : parts) {
        smaller.addAll(
            part.size() == 0 ? List.of() : part.split(2, depth, HistorySplitterTest::ignore));
      }
      parts = smaller;
    }
    assertThat(parts)
        .filteredOn(part -> part.size() > 0)
        .hasSize(6)
        .allSatisfy(part -> assertThat(part.isOneKey()).isTrue());
  }

  @Test
  void tellsAPartOfOneKey() throws IOException {
    Script script = new Script().key("k1").did(0, "write", "1").nemesis("start", "{}");
    Path file = write(script.did(0, "read", "1").history());
    HistorySplitter.Part part = split(file, 1).getFirst();
    assertThat(part.isOneKey()).isTrue();
    assertThat(part.key()).isEqualTo("k1");
    assertThat(part.size()).isEqualTo(4);
    History own = part.read(HistorySplitterTest::ignore);
    assertThat(own.place(2)).isEqualTo(3);
    assertThat(own.indexOf(3)).isEqualTo(2);
    assertThat(own.indexOf(2)).isEqualTo(-1);
    assertThat(own.indexOf(7)).isEqualTo(-1);
  }

  @Test
  void leavesOutWhatIsNotWanted() throws IOException {
    List<HistorySplitter.Part> parts =
        HistorySplitter.split(write(), 3, scratch, (_, _, key) -> "k7".equals(key));
    assertThat(parts).filteredOn(part -> part.size() > 0).hasSize(1);
    int events = 0;
    for (int i = 0; i < history.size(); i++) {
      events += "k7".equals(history.key(i)) ? 1 : 0;
    }
    assertThat(parts.stream().mapToInt(HistorySplitter.Part::size).sum()).isEqualTo(events);
  }

  /** The time of an event that tells none is that of the one before, whatever its key. */
  @Test
  void keepsTheTimesOfEventsThatTellNone() throws IOException {
    String lines =
        """
        {"process":0,"type":"invoke","f":"read","key":"a","value":null,"time":5}
        {"process":1,"type":"invoke","f":"read","key":"b","value":null,"time":9}
        {"process":0,"type":"ok","f":"read","value":null}
        """;
    Path file = Files.writeString(directory.resolve("times"), lines);
    for (HistorySplitter.Part part : split(file, 2)) {
      for (HistorySplitter.Part again : part.split(2, 1, HistorySplitterTest::ignore)) {
        History own = again.read(HistorySplitterTest::ignore);
        assertThat(own.hasTimes()).isTrue();
        for (int i = 0; i < own.size(); i++) {
          assertThat(own.timeNanos(i)).isEqualTo(own.place(i) == 0 ? 5 : 9);
        }
      }
    }
  }

  @Test
  void saysWhatIsMalformedInTheWholeFile() throws IOException {
    Path file = Files.writeString(directory.resolve("bad"), lines(history) + "{\"index\":7}\n");
    assertThatThrownBy(() -> split(file, 3))
        .isInstanceOf(HistoryFormatException.class)
        .hasMessageContaining("bad:" + (history.size() + 1) + ":");
  }

  @Test
  void canBeEndedAtAnyEvent() throws IOException {
    IntConsumer end =
        i -> {
          if (i == 3) {
            throw new IllegalStateException("enough");
          }
        };
    HistorySplitter.Part part = split(write(), 1).getFirst();
    assertThatThrownBy(() -> part.read(end)).hasMessage("enough");
    assertThatThrownBy(() -> part.split(2, 1, end)).hasMessage("enough");
  }

  @Test
  void judgesTheSizeOfAFileByItsBeginning() throws IOException {
    String text = lines(history).repeat(20);
    Path plain = Files.writeString(directory.resolve("plain"), text);
    Path gzipped = directory.resolve("gzipped");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzipped))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(text.length()).isGreaterThan(4 << 20);
    for (Path file : List.of(plain, gzipped)) {
      HistorySize size = HistorySize.of(file);
      assertThat(size.events()).isCloseTo(20L * history.size(), Percentage.withPercentage(10));
      assertThat(size.textBytes()).isCloseTo(text.length(), Percentage.withPercentage(10));
    }
    Path small = Files.writeString(directory.resolve("small"), "{}\n{}\n");
    assertThat(HistorySize.of(small)).isEqualTo(new HistorySize(2, 6));
    byte[] whole = Files.readAllBytes(gzipped);
    Path torn = Files.write(directory.resolve("torn"), Arrays.copyOf(whole, 3_000));
    assertThat(HistorySize.of(torn).events()).isBetween(10L, 20L * history.size());
  }

  private void checkParts(List<HistorySplitter.Part> parts) throws IOException {
    checkParts(parts, history.size() - 1); // Without that of the nemesis.
  }

  private void checkParts(List<HistorySplitter.Part> parts, int events) throws IOException {
    Map<String, HistorySplitter.Part> partOf = new HashMap<>();
    int found = 0;
    for (HistorySplitter.Part part : parts) {
      History own = part.read(HistorySplitterTest::ignore);
      assertThat(own.size()).isEqualTo(part.size());
      for (int i = 0; i < own.size(); i++) {
        int place = own.place(i);
        assertThat(own.indexOf(place)).isEqualTo(i);
        assertThat(own.event(i)).isEqualTo(history.event(place));
        if (own.counterpart(i) >= 0) {
          assertThat(own.place(own.counterpart(i))).isEqualTo(history.counterpart(place));
        }
        assertThat(partOf.putIfAbsent("" + own.key(i), part)).isIn(null, part);
      }
      found += own.size();
    }
    assertThat(found).isEqualTo(events);
  }

  private static void ignore(int event) {}

  private List<HistorySplitter.Part> split(Path file, int parts) throws IOException {
    return HistorySplitter.split(file, parts, scratch, (_, _, _) -> true);
  }

  private static History history() {
    Random random = new Random(1);
    Script script = new Script().nemesis("start", "{\"id\":\"f1\"}");
    for (int i = 0; i < OPERATIONS; i++) {
      int process = random.nextInt(1_000) + 1_000 * i;
      script.key("k" + random.nextInt(100)).invoke(process, "write", "" + random.nextInt());
      switch (random.nextInt(3)) {
        case 0 -> script.info(process);
        case 1 -> script.ok(process);
        default -> {}
      }
    }
    return script.history();
  }

  private Path write() throws IOException {
    return write(history);
  }

  private Path write(History events) throws IOException {
    return Files.writeString(directory.resolve("history.ndjson"), lines(events));
  }

  private static String lines(History events) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < events.size(); i++) {
      HistoryLines.append(lines, i, events.event(i));
    }
    return lines.toString();
  }
}
