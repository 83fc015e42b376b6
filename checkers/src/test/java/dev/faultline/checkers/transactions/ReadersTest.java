package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.history.HistoryReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fast reader of files and the general one take the same out of random lines. */
class ReadersTest {

  private static final int FILES = 300;

  private static final List<String> USUAL_KEYS =
      List.of("1", "\"1\"", "0", "-0", "-1", "\"x\"", "\"-1\"", "\"\"", "\"ü\"", "\"a b,]\"");
  private static final List<String> UNUSUAL_KEYS =
      List.of("1.0", "1e0", "\"\\u0031\"", "\"\\\"\"", "null", "[1]");
  private static final List<String> USUAL_VALUES =
      List.of("1", "2", "3", "-3", "0", "999999999999999999");
  private static final List<String> UNUSUAL_VALUES =
      List.of("\"1\"", "1.5", "9223372036854775807", "1000000000000000000", "true");

  private final Random random = new Random(20_261_124);

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Workload.class)
  void takeTheSameOutOfRandomLines(Workload workload) throws IOException {
    Path file = directory.resolve("history.ndjson");
    int everyday = 0;
    for (int i = 0; i < FILES; i++) {
      String text = history(workload, random.nextInt(4) == 0 ? 20 : Integer.MAX_VALUE);
      Files.writeString(file, text);
      Transactions fast = TransactionFile.readEveryday(file, workload);
      if (fast != null) {
        everyday++;
        Transactions general = TransactionReader.read(HistoryReader.read(file), workload);
        assertThat(described(fast)).as(text).isEqualTo(described(general));
      }
    }
    assertThat(everyday).as("files that the fast reader can read").isBetween(FILES / 4, FILES - 9);
  }

  /** Everything that an analysis can see. */
  private static List<String> described(Transactions transactions) {
    Labels labels = new Labels(transactions);
    List<String> lines = new ArrayList<>();
    for (int t = 0; t < transactions.count(); t++) {
      lines.addAll(labels.introduce(List.of(t)));
      lines.add(transactions.invocation(t) + " " + transactions.completion(t));
      for (int op = transactions.first(t); op < transactions.end(t); op++) {
        lines.add(transactions.kind(op) + " @" + transactions.revision(op));
      }
    }
    lines.addAll(transactions.problemLines());
    return lines;
  }

  /** Writes a history in which about one piece in {@code usual} is not an everyday one. */
  private String history(Workload workload, int usual) {
    StringBuilder lines = new StringBuilder();
    Map<Integer, List<String[]>> open = new HashMap<>();
    long time = 0;
    for (int line = 0; line < 24; line++) {
      int process = random.nextInt(4);
      time += random.nextInt(3);
      List<String[]> asked = open.remove(process);
      if (asked == null) {
        asked =
            Stream.generate(() -> operation(workload, usual)).limit(1 + random.nextInt(3)).toList();
        open.put(process, asked);
        String value = asked.stream().map(op -> written(op, op[2])).collect(list());
        lines.append(event(line, time, process, "invoke", value, ""));
      } else {
        String type = List.of("ok", "ok", "ok", "fail", "info").get(random.nextInt(5));
        boolean saw = type.equals("ok");
        String value =
            asked.stream()
                .map(op -> written(op, saw && op[0].equals("r") ? seen(workload, usual) : op[2]))
                .collect(list());
        lines.append(event(line, time, process, type, value, meta(asked.size())));
      }
    }
    return lines.toString();
  }

  private static Collector<CharSequence, ?, String> list() {
    return Collectors.joining(",", "[", "]");
  }

  private String event(int index, long time, int process, String type, String value, String rest) {
    String given = random.nextInt(4) == 0 ? "" : "\"index\":" + index + ",\"time\":" + time + ",";
    return "{%s\"process\":%d,\"type\":\"%s\",\"f\":\"txn\",\"value\":%s%s}\n"
        .formatted(given, process, type, value, rest);
  }

  private String meta(int operations) {
    return switch (random.nextInt(6)) {
      case 0 -> ",\"meta\":{\"revision\":" + random.nextInt(9) + "}";
      case 1 -> {
        String told =
            IntStream.range(0, random.nextInt(1, operations + 2))
                .mapToObj(_ -> String.valueOf(random.nextInt(9)))
                .collect(list());
        yield ",\"meta\":{\"modRevision\":" + told + ",\"revision\":7},\"node\":\"n1\"";
      }
      default -> "";
    };
  }

  private String[] operation(Workload workload, int usual) {
    boolean isWrite = random.nextBoolean();
    String key = pick(USUAL_KEYS, UNUSUAL_KEYS, usual);
    return isWrite
        ? new String[] {workload.write(), key, pick(USUAL_VALUES, UNUSUAL_VALUES, usual)}
        : new String[] {"r", key, "null"};
  }

  private static String written(String[] operation, String value) {
    return "[\"" + operation[0] + "\"," + operation[1] + "," + value + "]";
  }

  private String seen(Workload workload, int usual) {
    if (random.nextInt(5) == 0) {
      return "null";
    }
    return workload == Workload.WR
        ? pick(USUAL_VALUES, UNUSUAL_VALUES, usual)
        : IntStream.range(0, random.nextInt(4))
            .mapToObj(_ -> pick(USUAL_VALUES, UNUSUAL_VALUES, usual))
            .collect(list());
  }

  private String pick(List<String> usual, List<String> unusual, int oneIn) {
    List<String> from = random.nextInt(oneIn) == 0 ? unusual : usual;
    return from.get(random.nextInt(from.size()));
  }
}
