package dev.faultline.checkers.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.checkers.Script;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistorySplitterTest {

  private static final int OPERATIONS = 2_000;

  @TempDir Path directory;

  private final History history = history();

  @Test
  void everyEventGoesToOnePartAndEveryKeyToOne() throws IOException {
    List<HistorySplitter.Part> parts = HistorySplitter.split(write(), 7, directory);
    assertThat(parts).hasSize(7);
    checkParts(parts);
  }

  @Test
  void aPartCanBeSplitAgain() throws IOException {
    HistorySplitter.Part whole = HistorySplitter.split(write(), 1, directory).getFirst();
    assertThat(whole.onlyKey()).isFalse();
    List<HistorySplitter.Part> parts = HistorySplitter.split(whole, 5, 1);
    checkParts(parts);
    assertThat(parts).allSatisfy(part -> assertThat(part.size()).isPositive());
    HistorySplitter.Part part = parts.getFirst();
    checkParts(HistorySplitter.split(part, 3, 2), part.size());
  }

  @Test
  void tellsAPartOfOneKey() throws IOException {
    Script script = new Script().key("k1").did(0, "write", "1").nemesis("start", "{}");
    Path file = write(script.did(0, "read", "1").history());
    HistorySplitter.Part part = HistorySplitter.split(file, 1, directory).getFirst();
    assertThat(part.onlyKey()).isTrue();
    assertThat(part.key()).isEqualTo("k1");
    assertThat(part.size()).isEqualTo(4);
    assertThat(part.place(2)).isEqualTo(3);
  }

  @Test
  void saysWhatIsMalformedInTheWholeFile() throws IOException {
    Path file = Files.writeString(directory.resolve("bad"), lines(history) + "{\"index\":7}\n");
    assertThatThrownBy(() -> HistorySplitter.split(file, 3, directory))
        .isInstanceOf(HistoryFormatException.class)
        .hasMessageContaining("bad:" + (history.size() + 1) + ":");
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
      History own = HistoryReader.readExcerpt(part.events());
      assertThat(own.size()).isEqualTo(part.size());
      for (int i = 0; i < own.size(); i++) {
        int place = part.place(i);
        assertThat(own.event(i)).isEqualTo(history.event(place));
        if (own.counterpart(i) >= 0) {
          assertThat(part.place(own.counterpart(i))).isEqualTo(history.counterpart(place));
        }
        assertThat(partOf.putIfAbsent("" + own.key(i), part)).isIn(null, part);
      }
      found += own.size();
    }
    assertThat(found).isEqualTo(events);
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
