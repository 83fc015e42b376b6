package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.HistoryFile;
import dev.faultline.checkers.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both ways of reading a file must lead to the same words. */
class TransactionFileTest {

  private static final String WRITE_SKEW =
      """
      {"index":0,"time":1000000,"process":0,"type":"invoke","f":"txn","value":[["append","x",1],["r","y",null]]}
      {"index":1,"time":2000000,"process":1,"type":"invoke","f":"txn","value":[["append","y",1],["r","x",null]]}
      {"index":2,"time":3000000,"process":"nemesis","type":"info","f":"start","value":{"id":"f1"}}
      {"index":3,"time":4000000,"process":0,"type":"ok","f":"txn","value":[["append","x",1],["r","y",[]]],"node":"n1"}
      {"index":4,"time":5000000,"process":1,"type":"ok","f":"txn","value":[["append","y",1],["r","x",[]]]}
      {"index":5,"time":6000000,"process":2,"type":"invoke","f":"txn","value":[["r","x",null],["r","y",null]]}
      {"index":6,"time":7000000,"process":2,"type":"ok","f":"txn","value":[["r","x",[1]],["r","y",[1]]]}
      {"index":7,"time":8000000,"process":3,"type":"invoke","f":"txn","value":[["append","x",-7]]}
      """;

  @TempDir Path directory;

  @Test
  void explainsWriteSkewEdgeByEdge() throws IOException {
    CheckResult result = sameBothWays(WRITE_SKEW);
    assertThat(result.verdict().word()).isEqualTo("INVALID");
    assertThat(result.summary()).startsWith("not repeatable-read: G2-item × 1");
    assertThat(result.findings()).hasSize(1);
    assertThat(result.findings().getFirst().events()).containsExactly(0, 1, 3, 4);
    assertThat(result.findings().getFirst().lines())
        .containsExactly(
            "T1 = process 0, #0, 0.001 s – 0.004 s: [append x 1] [r y []] ok",
            "T2 = process 1, #1, 0.002 s – 0.005 s: [append y 1] [r x []] ok",
            "T1 < T2, because T1 read the initial state of y, and did not see that T2 appended 1"
                + " to y",
            "however, T2 < T1, because T2 read the initial state of x, and did not see that T1"
                + " appended 1 to x: a contradiction!");
  }

  @Test
  void readsWhatIsNotEveryday() throws IOException {
    for (String unusual :
        new String[] {
          WRITE_SKEW.replace("[1]", "[\"one\"]"),
          WRITE_SKEW.replace(",", ", "),
          WRITE_SKEW.replace("[\"append\",\"x\",-7]", "[\"append\",\"\\u0078\",1.5]"),
          WRITE_SKEW.replace("\"index\":7,", ""),
          WRITE_SKEW.stripTrailing(),
          WRITE_SKEW.replace("\"type\":\"ok\"", "\"type\":\"info\""),
        }) {
      sameBothWays(unusual);
    }
  }

  @Test
  void namesLineAndOperationOfWhatIsMalformed() throws IOException {
    CheckResult unknown =
        sameBothWays(WRITE_SKEW.replace("[\"append\",\"x\",-7]", "[\"cas\",\"x\",-7]"));
    assertThat(unknown.verdict().word()).isEqualTo("INVALID"); // The rest still shows it.
    assertThat(String.valueOf(unknown.details().members().get("problems")))
        .contains(
            "line 8, column 74: unknown micro-operation (workload append has r and append)"
                + " [\"cas\",\"x\",-7]");
    CheckResult twice = sameBothWays(WRITE_SKEW.replace("-7", "1"));
    assertThat(twice.verdict().word()).isEqualTo("UNKNOWN");
    assertThat(twice.summary())
        .contains(
            "line 8, column 74: value 1 of key x is written more than once, first by event #0");
  }

  @Test
  void findsTheColumnInLinesOfAnyShape() throws IOException {
    String spaced =
        """
        { "value" : [ ["append", "ü", 1] , ["r","x"], ["append","y",1] ], "process" : 0,\
         "type" : "invoke", "f" : "txn" }
        """;
    CheckResult result = check(spaced);
    assertThat(result.summary()).contains("line 1, column 36: malformed micro-operation");
    assertThat(
            check("{\"process\":0,\"type\":\"invoke\",\"f\":\"read\",\"value\":null}\n").summary())
        .contains("line 1, column 49: operation read is no transaction");
    assertThat(check("{\"process\":0,\"type\":\"invoke\",\"f\":\"txn\",\"value\":7}\n").summary())
        .contains("line 1, column 48: no list of micro-operations");
  }

  @Test
  void findsTheColumnBehindOtherMembersAndSpace() throws IOException {
    assertThat(
            check(
                    "\t { \"type\":\"invoke\",\"f\" : \"txn\" ,\t\"process\":0,\"error\":{\"value\":7}, "
                        + "\"value\"\t:\t[\t7]}\n")
                .summary())
        .contains("line 1, column 80: malformed micro-operation 7");
  }

  @Test
  void showsTheFirstProblemsAndCountsAll() throws IOException {
    CheckResult result = check("{\"process\":0,\"type\":\"invoke\",\"f\":\"txn\",\"value\":[7]}\n");
    assertThat(result.summary()).startsWith("1 problem of the history itself, the first: line 1,");
    StringBuilder text = new StringBuilder();
    for (int process = 0; process < 25; process++) {
      text.append("{\"process\":").append(process);
      text.append(",\"type\":\"invoke\",\"f\":\"txn\",\"value\":[7]}\n");
    }
    CheckResult many = check(text.toString());
    assertThat(many.summary()).startsWith("25 problems of the history itself, the first: line 1,");
    assertThat(many.details().members().get("problems"))
        .isInstanceOfSatisfying(
            Json.Array.class, problems -> assertThat(problems.values()).hasSize(20));
  }

  /** Clients that were told nothing have nothing to write down but what they asked for. */
  @Test
  void whatBecameOfATransactionMayBeAllThatIsKnownOfIt() throws IOException {
    String lines =
        """
        {"process":0,"type":"invoke","f":"txn","value":[["append","x",1]]}
        {"process":0,"type":"info","f":"txn","value":null}
        {"process":1,"type":"invoke","f":"txn","value":[["append","x",2]]}
        {"process":1,"type":"fail","f":"txn","value":null}
        {"process":2,"type":"invoke","f":"txn","value":[["r","x",null]]}
        {"process":2,"type":"ok","f":"txn","value":[["r","x",[1]]]}
        """;
    CheckResult result = sameBothWays(lines);
    assertThat(result.verdict().word()).isEqualTo("VALID");
    assertThat(sameBothWays(lines.replace("[[\"r\",\"x\",[1]]]", "[[\"r\",\"x\",[2]]]")).summary())
        .contains("G1a × 1");
    assertThat(sameBothWays(lines.replace("\"info\"", "\"ok\"")).summary())
        .contains("line 2, column 44: no list of micro-operations in transaction null");
    assertThat(sameBothWays(lines.replace("\"value\":null", "\"value\":[]")).summary())
        .startsWith("2 problems")
        .contains("the completion has another number of micro-operations in transaction []");
  }

  /** One who has no file but a history is told the event. */
  @Test
  void namesTheEventWhereThereIsNoFile() throws IOException {
    Path file =
        Files.writeString(directory.resolve("history.ndjson"), WRITE_SKEW.replace("-7", "1"));
    CheckResult result =
        HistoryFile.open(file)
            .check(new TransactionChecker(Workload.APPEND, TransactionOptions.standard()));
    assertThat(result.summary()).contains("event #7: value 1 of key x is written more than once");
  }

  @Test
  void tellsRevisionsBothWays() throws IOException {
    // In etcd's order 2 came before 1, and the reader was done with 2 before 1 was read.
    String lines =
        """
        {"process":0,"type":"invoke","f":"txn","value":[["w","x",1],["w","y",1]]}
        {"process":0,"type":"ok","f":"txn","value":[["w","x",1],["w","y",1]],"meta":{"revision":9}}
        {"process":0,"type":"invoke","f":"txn","value":[["w","x",2]]}
        {"process":0,"type":"ok","f":"txn","value":[["w","x",2]],"meta":{"modRevision":[8]}}
        """;
    CheckResult result = sameBothWays(lines, Workload.WR);
    assertThat(result.summary()).contains("G0-realtime × 1");
    CheckResult silent = sameBothWays(lines.replaceAll(",\"meta\":\\{.*\\}\\}", "}"), Workload.WR);
    assertThat(silent.verdict().word()).isEqualTo("VALID");
    for (String unusual :
        new String[] {
          lines.replace("\"revision\":9", "\"revision\":9,\"raftTerm\":2"),
          lines.replace("[8]", "[8,9,10,11,12]"),
          lines.replace("[8]", "[]"),
          lines.replace("{\"revision\":9}", "{}"),
          lines.replace("{\"revision\":9}", "null"),
        }) {
      sameBothWays(unusual, Workload.WR);
    }
  }

  @Test
  void aTransactionWithoutItsWritesMakesNoGarbage() throws IOException {
    String lost =
        """
        {"process":0,"type":"invoke","f":"txn","value":[["append","x"]]}
        {"process":0,"type":"ok","f":"txn","value":[["append","x"]]}
        {"process":1,"type":"invoke","f":"txn","value":[["r","x",null]]}
        {"process":1,"type":"ok","f":"txn","value":[["r","x",[1]]]}
        """;
    assertThat(sameBothWays(lost).verdict().word()).isEqualTo("UNKNOWN");
    String garbage = lost.replace("[\"append\",\"x\"]", "[\"append\",\"y\",1]");
    CheckResult result = sameBothWays(garbage);
    assertThat(result.verdict().word()).isEqualTo("INVALID");
    assertThat(result.summary()).contains("garbage-read × 1");
  }

  /** Direct successors alone would lead from one to the other over all that lies between. */
  @Test
  void realTimeIsOneStepHoweverMuchLiesBetween() throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(sequential("[\"append\",\"x\",1]", "[\"append\",\"x\",1]"));
    for (int i = 1; i <= 20; i++) {
      String append = "[\"append\",\"y\"," + i + "]";
      text.append(sequential(append, append));
    }
    text.append(sequential("[\"r\",\"x\",null]", "[\"r\",\"x\",null]"));
    CheckResult result = sameBothWays(text.toString());
    assertThat(result.summary()).contains("G-single-item-realtime × 1");
    assertThat(result.findings().getFirst().events()).containsExactly(0, 1, 42, 43);
    assertThat(Diagram.of(result))
        .singleElement()
        .satisfies(diagram -> {
          assertThat(diagram.name()).isEqualTo("G-single-item-realtime-1");
          assertThat(diagram.claim()).isEqualTo(result.findings().getFirst().claim());
          assertThat(diagram.svg()).startsWith("<svg xmlns").endsWith("</svg>");
        });
  }

  private static String sequential(String asked, String answered) {
    return "{\"process\":0,\"type\":\"invoke\",\"f\":\"txn\",\"value\":["
        + asked
        + "]}\n{\"process\":0,\"type\":\"ok\",\"f\":\"txn\",\"value\":["
        + answered
        + "]}\n";
  }

  private CheckResult check(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("history.ndjson"), text);
    return new TransactionChecker(Workload.APPEND, TransactionOptions.standard())
        .check(file, Budget.standard());
  }

  private CheckResult sameBothWays(String text) throws IOException {
    return sameBothWays(text, Workload.APPEND);
  }

  private CheckResult sameBothWays(String text, Workload workload) throws IOException {
    Path file = Files.writeString(directory.resolve("history.ndjson"), text);
    TransactionChecker checker = new TransactionChecker(workload, TransactionOptions.standard());
    CheckResult fast = checker.check(file, Budget.standard());
    CheckResult slow = HistoryFile.open(file).check(checker);
    assertThat(fast.verdict().word()).isEqualTo(slow.verdict().word());
    assertThat(withoutPlaces(fast.summary())).isEqualTo(withoutPlaces(slow.summary()));
    assertThat(fast.findings()).isEqualTo(slow.findings());
    assertThat(withoutPlaces(String.valueOf(fast.details())))
        .isEqualTo(withoutPlaces(String.valueOf(slow.details())));
    return fast;
  }

  /** A history that is no file has events where a file has lines. */
  private static String withoutPlaces(String text) {
    return text.replaceAll("(line \\d+, column \\d+|event #\\d+):", "there:");
  }
}
