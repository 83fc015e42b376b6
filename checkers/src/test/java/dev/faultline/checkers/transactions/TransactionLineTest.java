package dev.faultline.checkers.transactions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.json.Json;
import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which lines are everyday ones, and what is understood of them. */
class TransactionLineTest {

  private static final String NEMESIS =
      """
      {"index":4,"time":0,"process":"nemesis","type":"info","f":"start",\
      "value":{"id":"f1"}}\
      """;

  private static final int INDEX = 4;

  private final Transactions transactions = new Transactions(Workload.APPEND);
  private final TransactionLine line = new TransactionLine(transactions);

  @Test
  void understandsAnInvocation() {
    assertThat(
            scan(
                """
                {"index":4,"time":1500,"process":7,"type":"invoke","f":"txn",\
                "value":[["append","x",1],["r","y",null]],"node":"n1"}\
                """))
        .isTrue();
    assertThat(line.isNemesis()).isFalse();
    assertThat(line.isInvocation()).isTrue();
    assertThat(line.process()).isEqualTo(7);
    assertThat(line.nanos(-1)).isEqualTo(1_500);
    PackedOperations packed = new PackedOperations();
    assertThat(line.pack(packed)).isTrue();
    assertThat(packed.size()).isEqualTo(2);
    assertThat(packed.isWrite(0)).isTrue();
    assertThat(packed.key(0)).isEqualTo(transactions.versions().key("x"));
    assertThat(packed.code(0)).isEqualTo(Values.code(1));
    assertThat(packed.isWrite(1)).isFalse();
    assertThat(packed.key(1)).isEqualTo(transactions.versions().key("y"));
  }

  @ParameterizedTest
  @CsvSource({"ok, OK", "fail, FAIL", "info, INFO"})
  void understandsACompletion(String type, Outcome outcome) {
    assertThat(
            scan(
                "{\"process\":0,\"type\":\""
                    + type
                    + "\",\"f\":\"txn\",\"value\":[],\"meta\":{\"revision\":3},"
                    + "\"error\":{\"code\":\"x\",\"message\":\"a, b\"}}"))
        .isTrue();
    assertThat(line.isInvocation()).isFalse();
    assertThat(line.outcome()).isEqualTo(outcome);
    assertThat(line.nanos(17)).as("no time of its own").isEqualTo(17);
  }

  @Test
  void understandsAnEventOfTheNemesis() {
    assertThat(scan(NEMESIS)).isTrue();
    assertThat(line.isNemesis()).isTrue();
    assertThat(line.nanos(9)).isZero();
  }

  /** One object reads all lines; what one said must not be taken for what the next one says. */
  @Test
  void forgetsTheLineBefore() {
    assertThat(scan(NEMESIS)).isTrue();
    assertThat(scan("{\"process\":0,\"type\":\"ok\",\"f\":\"txn\",\"value\":[]}")).isTrue();
    assertThat(line.isNemesis()).isFalse();
    assertThat(line.nanos(9)).isEqualTo(9);
    assertThat(scan("{\"type\":\"ok\",\"f\":\"txn\",\"value\":[]}")).isFalse();
    assertThat(scan(NEMESIS)).isTrue();
    assertThat(scan("{\"type\":\"info\",\"f\":\"txn\",\"value\":[]}")).isFalse();
  }

  @Test
  void membersMayComeInAnyOrder() {
    assertThat(
            scan(
                "{\"value\":[],\"f\":\"txn\",\"type\":\"fail\",\"process\":2147483647,\"index\":4}"))
        .isTrue();
    assertThat(line.process()).isEqualTo(Integer.MAX_VALUE);
    assertThat(line.outcome()).isEqualTo(Outcome.FAIL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        " {'process':0,'type':'ok','f':'txn','value':[]}",
        "{'process':0,'type':'ok','f':'txn','value':[]} ",
        "{'process':0,'type':'ok','f':'txn','value':[]",
        "{'process':0,'type':'ok','f':'txn','value':[],}",
        "{'type':'ok','f':'txn','value':[]}",
        "{'process':0,'f':'txn','value':[]}",
        "{'process':0,'type':'ok','value':[]}",
        "{'process':0,'type':'ok','f':'txn'}",
        "{'process':-1,'type':'ok','f':'txn','value':[]}",
        "{'process':2147483648,'type':'ok','f':'txn','value':[]}",
        "{'process':'0','type':'ok','f':'txn','value':[]}",
        "{'process':0,'process':0,'type':'ok','f':'txn','value':[]}",
        "{'process':0,'type':'ok','type':'ok','f':'txn','value':[]}",
        "{'process':0,'type':'ok','f':'txn','f':'txn','value':[]}",
        "{'process':0,'type':'ok','f':'txn','value':[],'value':[]}",
        "{'process':0,'type':'ok','f':'txn','value':[],'meta':{},'meta':{}}",
        "{'time':1,'time':1,'process':0,'type':'ok','f':'txn','value':[]}",
        "{'index':4,'index':4,'process':0,'type':'ok','f':'txn','value':[]}",
        "{'index':5,'process':0,'type':'ok','f':'txn','value':[]}",
        "{'index':null,'process':0,'type':'ok','f':'txn','value':[]}",
        "{'time':-1,'process':0,'type':'ok','f':'txn','value':[]}",
        "{'time':1.5,'process':0,'type':'ok','f':'txn','value':[]}",
        "{'process':0,'type':'done','f':'txn','value':[]}",
        "{'index':,'process':0,'type':'ok','f':'txn','value':[]}",
        "{'time':,'process':0,'type':'ok','f':'txn','value':[]}",
        "{'process':,'type':'ok','f':'txn','value':[]}",
        "{'process':0,'type':,'f':'txn','value':[]}",
        "{'process':0,'type':'ok','f':,'value':[]}",
        "{'process':0,'type':'ok','f':'txn','value':[],'value':,'node':'n1'}",
        "{'process':0,'type':'ok','f':'txn','value':[],'meta':{},'meta':,'node':'n1'}",
        "{'process':0,'type':'ok','f':'read','value':[]}",
        "{'process':0,'type':'ok','f':'txn','key':'x','value':[]}",
        "{'process':0,'type':'ok','f':'txn','value':[[}",
        "{'process':0,'type':'ok','f':'txn','value':[],'meta':[}",
        "{'process':0,'type':'ok','f':'txn','value':[],'node':'n1}",
        "{'process':0,'type':'ok','f':'txn','value':[],'error':'n1}",
        "{'process':'nemesis','f':'start','value':[]}",
      })
  void leavesOtherLinesToTheBook(String text) {
    assertThat(scan(text.replace('\'', '"'))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "7",
        "[7]",
        "[[]]",
        "[['append','x',1]]]",
        "[['append','x',1],]",
        "[['append','x',1,2]]",
        "[['append','x']]",
        "[['append']]",
        "[['append' 'x',1]]",
        "[['append','x' 1]]",
        "[['append','x',null]]",
        "[['append','x','1']]",
        "[['append','x',1.5]]",
        "[['append',null,1]]",
        "[['append','\\u0078',1]]",
        "[['append',1.5,1]]",
        "[['w','x',1]]",
        "[['r','x',[]]]",
        "[['r','x',1]]",
        "[['r','x',null] ['r','x',null]]",
        "[ ['r','x',null]]",
      })
  void leavesOtherInvocationsToTheBook(String value) {
    boolean packed = scan(event("invoke", value)) && line.pack(new PackedOperations());
    assertThat(packed).isFalse();
  }

  @Test
  void takesAsManyMicroOperationsAsThereIsRoomFor() {
    String read = "['r',1,null]";
    assertThat(scan(event("invoke", "[" + String.join(",", Collections.nCopies(64, read)) + "]")))
        .isTrue();
    PackedOperations packed = new PackedOperations();
    assertThat(line.pack(packed)).isTrue();
    assertThat(packed.size()).isEqualTo(64);
    assertThat(scan(event("invoke", "[" + String.join(",", Collections.nCopies(65, read)) + "]")))
        .isTrue();
    assertThat(line.pack(new PackedOperations())).isFalse();
  }

  @Test
  void addsWhatWasAnswered() {
    assertThat(completeWithRevisions()).isTrue();
    assertThat(transactions.operations()).isEqualTo(3);
    assertThat(OperationText.transaction(transactions, 0))
        .isEqualTo("[append x 1] [r x [5 1]] [r y []]");
    assertThat(revisions(transactions)).containsExactly(8, 7, 0);
  }

  @Test
  void aHeaderTellsTheRevisionOfWritesAlone() {
    assertThat(
            complete(
                transactions,
                "[['r','x',null],['append','x',1]]",
                "ok",
                "[['r','x',[]],['append','x',1]]",
                ",'meta':{'revision':9}"))
        .isTrue();
    assertThat(revisions(transactions)).containsExactly(0, 9);
  }

  /** The revisions of one line must not be taken for those of the next one. */
  @Test
  void whatOneLineTellsOfRevisionsIsForgotten() {
    String one = "[['append','x',1]]";
    String two = "[['append','x',2]]";
    String three = "[['append','x',3]]";
    String told = ",'meta':{'revision':9,'modRevision':[8]}";

    assertThat(complete(line, transactions, one, "ok", one, told)).isTrue();
    assertThat(complete(line, transactions, two, "ok", two, "")).isTrue();
    String zero = ",'meta':{'modRevision':[0]}";
    assertThat(complete(line, transactions, three, "ok", three, zero)).isTrue();

    assertThat(revisions(transactions)).as("0 is no revision").containsExactly(8, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{'modRevision':[}", "{'modRevision':[1}", "{'revision':}", "{'modRevision':[1]"})
  void revisionsThatAreNotWholeAreReadByTheBook(String meta) {
    String one = "[['append','x',1]]";
    assertThat(complete(transactions, one, "ok", one, ",'meta':" + meta)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[['r','x',[1 2]]]", "[['r','x',[1}]]", "[['r' 'x',[1]]]"})
  void listsThatAreNotWholeAreReadByTheBook(String answered) {
    assertThat(complete(transactions, "[['r','x',null]]", "ok", answered, "")).isFalse();
  }

  @Test
  void manyMicroOperationsHaveARevisionEach() {
    String writes =
        String.join(",", IntStream.range(0, 9).mapToObj(i -> "['append','x'," + i + "]").toList());
    assertThat(
            complete(
                transactions,
                "[" + writes + "]",
                "ok",
                "[" + writes + "]",
                ",'meta':{'modRevision':[1,2,3,4,5,6,7,8,9]}"))
        .isTrue();
    assertThat(revisions(transactions)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"INFO", "FAIL"})
  void whoMayHaveBeenAbortedHasSeenNothingAndHasNoRevision(Outcome outcome) {
    String type = outcome == Outcome.INFO ? "info" : "fail";
    for (Workload workload : Workload.values()) {
      Transactions unsure = new Transactions(workload);
      String write = "['" + workload.write() + "','x',1]";
      String seen = workload == Workload.APPEND ? "[3]" : "3";
      assertThat(
              complete(
                  unsure,
                  "[" + write + ",['r','x',null]]",
                  type,
                  "[" + write + ",['r','x',null]]",
                  ",'meta':{'revision':9}"))
          .isTrue();
      assertThat(unsure.outcome(0)).isEqualTo(outcome);
      assertThat(unsure.isWrite(0)).isTrue();
      assertThat(unsure.kind(1)).isEqualTo(Transactions.UNKNOWN_READ);
      assertThat(unsure.hasRevisions()).isFalse();
      for (String other : new String[] {seen, ""}) {
        assertThat(complete(unsure, "[['r','x',null]]", type, "[['r','x'," + other + "]]", ""))
            .as("what it may have seen is for the book")
            .isFalse();
      }
    }
  }

  @Test
  void registersAreReadAsValues() {
    Transactions registers = new Transactions(Workload.WR);
    assertThat(
            complete(
                registers,
                "[['w','x',-1],['r','x',null],['r',7,null],['w',8,3]]",
                "ok",
                "[['w','x',-1],['r','x',-1],['r',7,null],['w',8,3]]",
                ""))
        .isTrue();
    assertThat(OperationText.transaction(registers, 0))
        .isEqualTo("[w x -1] [r x -1] [r 7 nil] [w 8 3]");
    assertThat(registers.versions().value(registers.value(1))).isEqualTo(Json.of(-1));
    for (String other : new String[] {"[]", "", "01"}) {
      assertThat(complete(registers, "[['r','y',null]]", "ok", "[['r','y'," + other + "]]", ""))
          .isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "[]",
        "[7]",
        "[['append','x',1]]",
        "[['append','x',1],['r','y',[1]],['r','y',[1]]]",
        "[['append','x',2],['r','y',[1]]]",
        "[['append','z',1],['r','y',[1]]]",
        "[['append','x',1],['r','z',[1]]]",
        "[['r','x',[1]],['r','y',[1]]]",
        "[['append','x',1],['append','y',1]]",
        "[['append','x',null],['r','y',[1]]]",
        "[['append','x',01],['r','y',[1]]]",
        "[['append','x',1],['r','y',]]",
        "[['append','x',1],['r','y',1]]",
        "[['append','x',1],['r','y','1']]",
        "[['append','x',1],['r','y',[null]]]",
        "[['append','x',1],['r','y',[1,]]]",
        "[['append','x',1],['r','y',[1,'a']]]",
        "[['append','x',1],['r','y',[1 2]]]",
        "[['append','x',1],['r','y',[1]",
        "[['append','x',1],['r','y',[1],2]]",
        "[['append','x',1],['r','y',[1]] ]",
        "[['append','x',1] ['r','y',[1]]]",
        "[['append','x' 1],['r','y',[1]]]",
        "[['append' 'x',1],['r','y',[1]]]",
        "[['cas','x',1],['r','y',[1]]]",
      })
  void leavesCompletionsOfOtherThingsToTheBook(String value) {
    assertThat(complete(transactions, "[['append','x',1],['r','y',null]]", "ok", value, ""))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "{'raftTerm':2}",
        "{'revision':9,'raftTerm':2}",
        "{'revision':null}",
        "{'revision':9",
        "{'modRevision':9}",
        "{'modRevision':[]}",
        "{'modRevision':[null]}",
        "{'modRevision':[9,]}",
        "{'modRevision':[9}",
        "{'revision':9]",
      })
  void leavesOtherMetadataToTheBook(String meta) {
    assertThat(
            complete(
                transactions, "[['append','x',1]]", "ok", "[['append','x',1]]", ",'meta':" + meta))
        .isFalse();
  }

  private boolean scan(String text) {
    return scan(line, text);
  }

  /** Scans a line that is a part of a larger buffer. */
  private static boolean scan(TransactionLine line, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    byte[] buffer = ("}," + text + "}").getBytes(UTF_8);
    return line.scan(buffer, 2, 2 + bytes.length, INDEX);
  }

  private static String event(String type, String value) {
    return ("{'process':0,'type':'" + type + "','f':'txn','value':" + value + "}")
        .replace('\'', '"');
  }

  /** Completes a transaction that was asked to do {@code asked}; false if by the book. */
  private static boolean complete(
      Transactions into, String asked, String type, String answered, String meta) {
    return complete(new TransactionLine(into), into, asked, type, answered, meta);
  }

  private static boolean complete(
      TransactionLine line,
      Transactions into,
      String asked,
      String type,
      String answered,
      String meta) {
    PackedOperations operations = new PackedOperations();
    assertThat(scan(line, event("invoke", asked)) && line.pack(operations)).isTrue();
    String completion =
        ("{'process':0,'type':'" + type + "','f':'txn','value':" + answered + meta + "}")
            .replace('\'', '"');
    if (!scan(line, completion)) {
      return false;
    }
    into.begin(line.process(), 0, 1, line.outcome());
    return line.addTo(operations);
  }

  private boolean completeWithRevisions() {
    return complete(
        transactions,
        "[['append','x',1],['r','x',null],['r','y',null]]",
        "ok",
        "[['append','x',1],['r','x',[5,1]],['r','y',null]]",
        ",'meta':{'revision':9,'modRevision':[8,7]}");
  }

  private static long[] revisions(Transactions transactions) {
    return IntStream.range(0, transactions.operations())
        .mapToLong(transactions::revision)
        .toArray();
  }
}
