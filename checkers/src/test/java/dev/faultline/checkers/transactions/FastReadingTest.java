package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.checkers.history.HistoryFormatException;
import dev.faultline.checkers.history.HistoryReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everyday files are read the fast way, and lead to the same columns as by the book.
 *
 * <p>The fast way never looks into the member {@code node}. One that is no JSON therefore shows
 * which way was taken: by the book the file is malformed.
 */
class FastReadingTest {

  private static final String NODE = ",\"node\":\"n1\"";
  private static final String NO_JSON = ",\"node\":n1";
  private static final int HISTORIES = 60;

  private static final String INVOKED = event(0, "invoke", "[['append','x',1],['r','y',null]]");
  private static final String COMPLETED = event(0, "ok", "[['append','x',1],['r','y',[]]]");

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Workload.class)
  void readsEverydayHistoriesTheFastWayAndTheSame(Workload workload) throws IOException {
    for (int seed = 0; seed < HISTORIES; seed++) {
      String text = new RandomFile(new Random(seed), workload).text();
      Transactions fast = TransactionFile.read(file(text.replaceFirst(NODE, NO_JSON)), workload);
      Transactions slow = TransactionReader.read(HistoryReader.read(file(text)), workload);
      assertThat(columns(fast)).as("seed " + seed + "\n" + text).isEqualTo(columns(slow));
      assertThat(fast.sizeBytes()).isEqualTo(slow.sizeBytes());
    }
  }

  @Test
  void aNodeThatIsNoJsonShowsWhichWayWasTaken() throws IOException {
    String text = INVOKED + COMPLETED;
    assertThat(read(text.replace(NODE, NO_JSON)).count()).isEqualTo(1);
    assertThatThrownBy(() -> HistoryReader.read(file(text.replace(NODE, NO_JSON))))
        .isInstanceOf(HistoryFormatException.class);
  }

  @Test
  void whatNeverCompletedComesLastInTheOrderOfItsInvocations() throws IOException {
    Transactions read =
        readFast(
            event(70, "invoke", "[['append','x',7],['r','y',null]]")
                + event(3, "invoke", "[['append','x',3]]")
                + event(5, "invoke", "[['append','x',5]]")
                + event(3, "ok", "[['append','x',3]]")
                + event(2, "invoke", "[['append','x',2]]"));
    assertThat(columns(read))
        .containsExactly(
            "3 #1..3 OK 0..0 [append x 3]",
            "70 #0..never INFO 0..0 [append x 7] [r y ?]",
            "5 #2..never INFO 0..0 [append x 5]",
            "2 #4..never INFO 0..0 [append x 2]");
  }

  @Test
  void timesThatAreNotToldAreThoseOfTheEventBefore() throws IOException {
    Transactions read =
        readFast(
            INVOKED.replace("{", "{\"time\":5,")
                + COMPLETED
                + INVOKED
                + "{\"time\":9,\"process\":\"nemesis\",\"type\":\"info\",\"f\":\"x\",\"value\":[]}\n"
                + COMPLETED.replace("{", "{\"time\":9,")
                + event(2, "invoke", "[['append','x',2]]"));
    assertThat(read.invocationNanos(0)).isEqualTo(5);
    assertThat(read.completionNanos(0)).isEqualTo(5);
    assertThat(read.invocationNanos(1)).isEqualTo(5);
    assertThat(read.completionNanos(1)).isEqualTo(9);
    assertThat(read.invocationNanos(2)).isEqualTo(9);
  }

  /** What the fast way does not know is not refused by it, but judged by the book. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"process\":0,\"type\":\"ok\",\"f\":\"txn\",\"value\":[]}\n",
        "{\"process\":1,\"type\":\"info\",\"f\":\"txn\",\"value\":null}\n",
        "{\"process\":\"nemesis\",\"type\":\"ok\",\"f\":\"start\",\"value\":[]}\n",
        "{\"process\":\"nemesis\",\"type\":\"info\",\"value\":[]}\n",
        "{\"process\":\"nemesis\",\"type\":\"info\",\"f\":\"start\"}\n",
      })
  void whatDoesNotBelongIsAnErrorOfItsLine(String line) throws IOException {
    assertThatThrownBy(() -> read(INVOKED + COMPLETED + line))
        .isInstanceOf(HistoryFormatException.class)
        .hasMessageContaining(":3:");
  }

  @Test
  void aProcessThatInvokesTwiceAtOnceIsAnError() throws IOException {
    assertThatThrownBy(() -> read(INVOKED + INVOKED))
        .isInstanceOf(HistoryFormatException.class)
        .hasMessageContaining("invokes again");
  }

  @Test
  void timeNeverGoesBack() throws IOException {
    String nemesis =
        "{\"time\":9,\"process\":\"nemesis\",\"type\":\"info\",\"f\":\"x\",\"value\":[]}\n";
    for (String text :
        List.of(
            INVOKED.replace("{", "{\"time\":5,") + COMPLETED.replace("{", "{\"time\":4,"),
            nemesis + INVOKED.replace("{", "{\"time\":8,"),
            INVOKED.replace("{", "{\"time\":10,") + nemesis)) {
      assertThatThrownBy(() -> read(text))
          .isInstanceOf(HistoryFormatException.class)
          .hasMessageContaining("time");
    }
  }

  /** A writer that was killed leaves half of an event. */
  @Test
  void aTornLastLineIsDropped() throws IOException {
    String text = INVOKED + COMPLETED;
    Transactions whole = read(text.stripTrailing());
    assertThat(whole.completion(0)).isEqualTo(1);
    Transactions torn = read(text.substring(0, text.length() - 2));
    assertThat(torn.count()).isEqualTo(1);
    assertThat(torn.completion(0)).isEqualTo(Transactions.NEVER);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("history.ndjson"), text);
  }

  private Transactions read(String text) throws IOException {
    return TransactionFile.read(file(text), Workload.APPEND);
  }

  private Transactions readFast(String text) throws IOException {
    return read(text.replaceFirst(NODE, NO_JSON));
  }

  private static String event(int process, String type, String value) {
    return ("{'process':" + process + ",'type':'" + type + "','f':'txn','value':" + value)
            .replace('\'', '"')
        + NODE
        + "}\n";
  }

  /** Returns all that is known of each transaction, a line each. */
  private static List<String> columns(Transactions read) {
    List<String> lines = new ArrayList<>();
    for (int t = 0; t < read.count(); t++) {
      StringBuilder revisions = new StringBuilder();
      for (int op = read.first(t); op < read.end(t); op++) {
        revisions.append(read.revision(op) == 0 ? "" : " @" + read.revision(op));
      }
      lines.add(
          "%d #%d..%s %s %d..%d %s%s"
              .formatted(
                  read.process(t),
                  read.invocation(t),
                  read.completion(t) == Transactions.NEVER ? "never" : read.completion(t),
                  read.outcome(t),
                  read.invocationNanos(t),
                  read.completion(t) == Transactions.NEVER ? 0 : read.completionNanos(t),
                  OperationText.transaction(read, t),
                  revisions));
    }
    return lines;
  }

  /** Everyday events in any order, of no sense: only what is read matters. */
  private static final class RandomFile {

    private final Random random;
    private final Workload workload;
    private final StringBuilder text = new StringBuilder();
    private final List<List<String>> open = new ArrayList<>();
    private int events;
    private int value;
    private long nanos;

    RandomFile(Random random, Workload workload) {
      this.random = random;
      this.workload = workload;
    }

    String text() {
      for (int process = 0; process < 4; process++) {
        open.add(List.of());
      }
      while (events < 40) {
        int process = random.nextInt(open.size() + 1);
        if (process == open.size()) {
          event("\"nemesis\"", "info", "start", "{\"a\":[\"}\",7]}", "");
        } else if (open.get(process).isEmpty()) {
          open.set(process, asked());
          event("" + process, "invoke", "txn", list(open.get(process), "null"), "");
        } else {
          complete(process);
        }
      }
      return text.toString();
    }

    private List<String> asked() {
      List<String> operations = new ArrayList<>();
      int count = 1 + random.nextInt(6);
      for (int i = 0; i < count; i++) {
        String key = "\"k" + random.nextInt(4) + "\"";
        operations.add(
            random.nextBoolean()
                ? "[\"r\"," + key + ",SEEN]"
                : "[\"" + workload.write() + "\"," + key + "," + (value++ - 3) + "]");
      }
      return operations;
    }

    private void complete(int process) {
      List<String> operations = open.set(process, List.of());
      String type = List.of("ok", "ok", "fail", "info").get(random.nextInt(4));
      String seen = type.equals("ok") ? seen() : "null";
      event("" + process, type, "txn", list(operations, seen), meta(operations.size()));
    }

    private String seen() {
      if (random.nextInt(5) == 0) {
        return "null";
      }
      if (workload == Workload.WR) {
        return "" + random.nextInt(value + 1);
      }
      List<Integer> elements = new ArrayList<>();
      int first = random.nextInt(3);
      for (int i = random.nextInt(9); i > 0; i--) {
        elements.add(first + elements.size());
      }
      return elements.toString().replace(" ", "");
    }

    private static String list(List<String> operations, String seen) {
      return "[" + String.join(",", operations).replace("SEEN", seen) + "]";
    }

    private String meta(int count) {
      String header = "\"revision\":" + (1 + random.nextInt(99));
      List<Integer> each = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        each.add(random.nextInt(20));
      }
      String all = "\"modRevision\":" + each.toString().replace(" ", "");
      return switch (random.nextInt(4)) {
        case 0 -> ",\"meta\":{" + header + "}";
        case 1 -> ",\"meta\":{" + all + "}";
        case 2 -> ",\"meta\":{" + header + "," + all + "}";
        default -> "";
      };
    }

    private void event(String process, String type, String f, String value, String meta) {
      nanos += random.nextInt(3);
      text.append('{').append(random.nextBoolean() ? "\"index\":" + events + "," : "");
      text.append(random.nextInt(4) > 0 ? "\"time\":" + nanos + "," : "");
      text.append("\"process\":").append(process);
      text.append(",\"type\":\"").append(type).append("\",\"f\":\"").append(f);
      text.append("\",\"value\":").append(value).append(NODE).append(meta).append("}\n");
      events++;
    }
  }
}
