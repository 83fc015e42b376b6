package dev.faultline.checkers.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryReaderTest {

  private static final String INVOKE =
      "{\"process\":3,\"type\":\"invoke\",\"f\":\"write\",\"key\":\"k\",\"value\":1,\"time\":5}\n";

  private static final List<EventType> COMPLETIONS =
      List.of(EventType.OK, EventType.FAIL, EventType.INFO);

  @TempDir private Path directory;

  @Test
  void readsBackEveryMemberOfEveryEvent() throws IOException {
    History original = randomHistory(new Random(1), 3_000);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < original.size(); i++) {
      HistoryLines.append(lines, i, original.event(i));
    }
    for (byte[] content :
        new byte[][] {lines.toString().getBytes(UTF_8), gzip(lines.toString().getBytes(UTF_8))}) {
      History read = HistoryReader.read(file(content));
      assertThat(read.size()).isEqualTo(original.size());
      for (int i = 0; i < original.size(); i++) {
        assertThat(read.event(i)).isEqualTo(original.event(i));
        assertThat(read.counterpart(i)).isEqualTo(original.counterpart(i));
      }
    }
  }

  @Test
  void needsOnlyFourMembersAndIgnoresUnknownOnes() throws IOException {
    History history =
        read(
            "{\"process\":0,\"type\":\"invoke\",\"f\":\"read\",\"value\":null,\"mine\":{\"x\":[1]}}\n");
    assertThat(history.event(0))
        .isEqualTo(new Event(0, 0, EventType.INVOKE, "read", null, Json.NULL, null, null, null));
    assertThat(history.counterpart(0)).isEqualTo(-1);
  }

  @Test
  void nemesisEventsArePairedWithNothing() throws IOException {
    History history =
        read(
            "{\"process\":\"nemesis\",\"type\":\"info\",\"f\":\"start\",\"value\":{\"id\":\"f1\"}}\n");
    assertThat(history.process(0)).isEqualTo(Event.NEMESIS);
    assertThat(history.counterpart(0)).isEqualTo(-1);
  }

  @Test
  void dropsATornLastLineWhereverItWasTorn() throws IOException {
    String second =
        "{\"process\":3,\"type\":\"ok\",\"f\":\"write\",\"key\":\"k\",\"value\":1,\"time\":9}";
    for (int length = 0; length < second.length(); length++) {
      History history = read(INVOKE + second.substring(0, length));
      assertThat(history.size()).isEqualTo(1);
    }
    assertThat(read(INVOKE + second).size()).isEqualTo(2);
  }

  @Test
  void readsWhatIsLeftOfATornGzipFile() throws IOException {
    StringBuilder lines = new StringBuilder();
    History original = randomHistory(new Random(2), 2_000);
    for (int i = 0; i < original.size(); i++) {
      HistoryLines.append(lines, i, original.event(i));
    }
    byte[] whole = gzip(lines.toString().getBytes(UTF_8));
    History history = HistoryReader.read(file(Arrays.copyOf(whole, whole.length / 2)));
    assertThat(history.size()).isBetween(100, original.size() - 100);
    assertThat(history.event(50)).isEqualTo(original.event(50));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"process\":4,\"type\":\"ok\",\"f\":\"write\",\"value\":1} | 12"
            + " | process 4 completes an operation that it did not invoke",
        "{\"process\":3,\"type\":\"invoke\",\"f\":\"read\",\"value\":1} | 12"
            + " | process 3 invokes again although its operation of event 0 has not completed",
        "{\"process\":3,\"type\":\"ok\",\"f\":\"read\",\"value\":1} | 30"
            + " | process 3 completes read but invoked write",
        "{\"process\":3,\"type\":\"ok\",\"f\":\"write\",\"key\":\"z\",\"value\":1} | 44"
            + " | process 3 completes an operation on key z but invoked it on k",
        "{\"time\":4,\"process\":3,\"type\":\"ok\",\"f\":\"write\",\"value\":1} | 9"
            + " | time decreases from 5 to 4",
        "{\"process\":3,\"type\":\"done\",\"f\":\"write\",\"value\":1} | 21 | type is \"done\"",
        "{\"index\":7,\"process\":3,\"type\":\"ok\",\"f\":\"write\",\"value\":1} | 10"
            + " | index is 7 on the line of event 1",
        "{\"process\":-2,\"type\":\"ok\",\"f\":\"write\",\"value\":1} | 12 | process is -2",
        "{\"process\":3,\"type\":\"ok\",\"f\":\"write\"} | 1 | member \"value\" is missing",
        "{\"process\":3,\"type\":\"ok\",\"f\":\"write\",\"value\":} | 46"
            + " | expected a value, found '}'",
        "[1] | 1 | expected an object, found '['",
        "hello | 1 | expected an object, found 'h'",
      })
  void refusesWhatIsNoHistory(String line, int column, String problem) throws IOException {
    Path file = file((INVOKE + line + "\n").getBytes(UTF_8));
    assertThatThrownBy(() -> HistoryReader.read(file))
        .isInstanceOfSatisfying(
            HistoryFormatException.class,
            e -> {
              assertThat(e.problem()).isEqualTo(problem);
              assertThat(e.line()).isEqualTo(2);
              assertThat(e.column()).isEqualTo(column);
              assertThat(e.remedy()).isNotEmpty();
              assertThat(e).hasMessageContaining(file + ":2:" + column + ": " + problem);
            });
  }

  @Test
  void garbageInsteadOfAFileIsAFormatError() throws IOException {
    byte[] garbage = new byte[10_000];
    new Random(3).nextBytes(garbage);
    Path file = file(garbage);
    assertThatThrownBy(() -> HistoryReader.read(file)).isInstanceOf(HistoryFormatException.class);
  }

  @Test
  void anEmptyFileIsAnEmptyHistory() throws IOException {
    assertThat(read("").size()).isZero();
  }

  private History read(String content) throws IOException {
    return HistoryReader.read(file(content.getBytes(UTF_8)));
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(directory.resolve("history.ndjson"), content);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  private static History randomHistory(Random random, int events) {
    HistoryBuilder builder = new HistoryBuilder();
    @Nullable String[] open = new @Nullable String[8];
    for (int i = 0; i < events; i++) {
      int process = random.nextInt(open.length + 1) - 1;
      long time = builder.lastTimeNanos() + random.nextInt(1000);
      Json value = randomValue(random);
      if (process == Event.NEMESIS) {
        builder.append(
            new Event(time, process, EventType.INFO, "phase", null, value, null, null, null));
        continue;
      }
      String f = open[process];
      boolean invokes = f == null;
      String name = f == null ? "f" + random.nextInt(4) : f;
      open[process] = invokes ? name : null;
      EventType type =
          invokes ? EventType.INVOKE : COMPLETIONS.get(random.nextInt(COMPLETIONS.size()));
      builder.append(
          new Event(
              time,
              process,
              type,
              name,
              "k" + process % 3,
              value,
              random.nextBoolean() ? "n" + process : null,
              type == EventType.FAIL ? new OperationError("c" + process, "é \"x\"", true) : null,
              random.nextInt(3) == 0 ? meta(random) : null));
    }
    return builder.build();
  }

  private static Json.Obj meta(Random random) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("revision", Json.of(random.nextInt()));
    if (random.nextBoolean()) {
      members.put("other", randomValue(random));
    }
    return new Json.Obj(members);
  }

  private static Json randomValue(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> Json.NULL;
      case 1 -> Json.of(random.nextBoolean());
      case 2 -> Json.of(random.nextLong() >> random.nextInt(64));
      case 3 ->
          Json.array(
              Json.of(random.nextLong() >> (24 + random.nextInt(40))),
              Json.of(random.nextLong() >> (24 + random.nextInt(40))));
      case 4 -> JsonReader.parse("[[\"append\",\"x\",1],[\"r\",\"x\",null]]");
      default -> Json.of("text");
    };
  }
}
