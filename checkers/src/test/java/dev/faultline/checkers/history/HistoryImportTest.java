package dev.faultline.checkers.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryImportTest {

  @TempDir Path directory;

  @Test
  void takesAJepsenHistory() throws IOException {
    History history =
        read(
            """
            {:process :nemesis, :type :info, :f :start, :value nil, :time 5}
            {:process 0, :type :invoke, :f :cas, :value [1 2], :time 7, :index 1}
            {:process 0, :type :fail, :f :cas, :value [1 2], :time 6, :error :precondition}
            {:process 1, :type :invoke, :f :read, :value nil}
            {:process 1, :type :info, :f :read, :value nil, :error [:timeout "x"]}
            """);
    assertThat(history.size()).isEqualTo(5);
    assertThat(history.process(0)).isEqualTo(Event.NEMESIS);
    assertThat(history.value(1)).isEqualTo(JsonReader.parse("[1,2]"));
    assertThat(history.timeNanos(2)).isEqualTo(7);
    assertThat(history.error(2))
        .isEqualTo(new OperationError("precondition", "\"precondition\"", true));
    assertThat(history.error(4))
        .isEqualTo(new OperationError("timeout", "[\"timeout\",\"x\"]", false));
    assertThat(history.counterpart(3)).isEqualTo(4);
    assertThat(history.key(1)).isNull();
  }

  @Test
  void findsTheKeysOfIndependentRegisters() throws IOException {
    History history =
        read(
            """
            [{:process 0, :type :invoke, :f :read, :value [3 nil]}
             {:process 0, :type :ok, :f :read, :value [3 7]}
             {:process 0, :type :invoke, :f :cas, :value [4 [1 2]]}
             {:process 0, :type :info, :f :cas, :value nil}]
            """);
    assertThat(history.key(0)).isEqualTo("3");
    assertThat(history.value(1)).isEqualTo(Json.of(7));
    assertThat(history.key(2)).isEqualTo("4");
    assertThat(history.value(2)).isEqualTo(JsonReader.parse("[1,2]"));
  }

  @Test
  void anOperationWithoutKeyThatDidNothingKeepsNoKeysFromBeingFound() throws IOException {
    String keyed =
        """
        {:process 0, :type :invoke, :f :write, :value [1 5]}
        {:process 0, :type :ok, :f :write, :value [1 5]}
        {:process 1, :type :invoke, :f :read, :value nil}
        """;
    History stopped = read(keyed + "{:process 1, :type :fail, :f :read, :value nil}");
    assertThat(stopped.key(0)).isEqualTo("1");
    assertThat(stopped.value(0)).isEqualTo(Json.of(5));
    History answered = read(keyed + "{:process 1, :type :ok, :f :read, :value [1 5]}");
    assertThat(answered.key(0)).isNull();
  }

  @Test
  void aTaggedTupleTellsItsKeyWhateverElseThereIs() throws IOException {
    History history =
        read(
            """
            {:process 0, :type :invoke, :f :write, :value #jepsen.independent.Tuple [1 5]}
            {:process 0, :type :ok, :f :write, :value #jepsen.independent.Tuple [1 5]}
            {:process 0, :type :invoke, :f :write, :value 6}
            {:process 0, :type :ok, :f :write, :value 6}
            """);
    assertThat(history.key(0)).isEqualTo("1");
    assertThat(history.key(2)).isNull();
    assertThat(history.value(3)).isEqualTo(Json.of(6));
  }

  @Test
  void twoMicroOperationsOrTwoValuesOfACompareAndSetAreNoKeyAndValue() throws IOException {
    History txns =
        read(
            """
            {:process 0, :type :invoke, :f :txn, :value [[:w :x 1] [:w :y 2]]}
            {:process 0, :type :ok, :f :txn, :value [[:w :x 1] [:w :y 2]]}
            """);
    assertThat(txns.key(0)).isNull();
    History cas = read("{:process 0, :type :invoke, :f :cas, :value [0 1]}");
    assertThat(cas.key(0)).isNull();
    assertThat(cas.value(0)).isEqualTo(JsonReader.parse("[0,1]"));
  }

  @Test
  void saysWhereEventsDoNotGoTogether() {
    assertThatThrownBy(() ->
            read(
                """
                {:process 0, :type :invoke, :f :write, :value 1}
                 {:process 0, :type :invoke, :f :write, :value 2}
                {:process 1, :type :invoke, :f :write, :value 3}
                """))
        .isInstanceOf(HistoryFormatException.class)
        .hasMessageContaining(":2:2: ");
    assertThatThrownBy(() -> read("{:process 3000000000, :type :invoke, :f :read}"))
        .isInstanceOf(HistoryFormatException.class)
        .hasMessageContaining(":1:1: ")
        .hasMessageContaining("3000000000");
    assertThatThrownBy(() -> read("INFO  jepsen.util - 99999999999 :invoke :read nil"))
        .isInstanceOf(HistoryFormatException.class)
        .hasMessageContaining(":1:21: the process 99999999999 is too large");
    assertThatThrownBy(() -> read("INFO  jepsen.util - 0 :invoke :write [1"))
        .isInstanceOf(HistoryFormatException.class)
        .hasMessageContaining(":1:")
        .hasMessageContaining("the file ends within a list");
  }

  @Test
  void takesAJepsenLogAsPorcupineDoes() throws IOException {
    History history =
        read(
            """
            INFO  jepsen.core - Starting
            INFO  jepsen.util - :nemesis\t:info\t:start\tnil
            INFO  jepsen.util - 0\t:invoke\t:cas\t[1 2]
            INFO  jepsen.util - 1\t:invoke\t:read\tnil
            INFO  jepsen.util - 0\t:fail\t:cas\t[1 2]
            INFO  jepsen.util - 1\t:fail\t:read\t:timed-out
            """);
    assertThat(history.size()).isEqualTo(4);
    assertThat(history.type(2)).isEqualTo(EventType.FAIL);
    assertThat(history.error(2)).extracting(OperationError::code).isEqualTo("compare-failed");
    assertThat(history.type(3)).isEqualTo(EventType.INFO);
  }

  @Test
  void readsOurOwnFormatAndGzip() throws IOException {
    String ours = "{\"process\":0,\"type\":\"invoke\",\"f\":\"read\",\"value\":null}\n";
    assertThat(read(ours).size()).isEqualTo(1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write("{:process 0, :type :invoke, :f :read}".getBytes(StandardCharsets.UTF_8));
    }
    Path file = Files.write(directory.resolve("h"), bytes.toByteArray());
    assertThat(HistoryImport.read(file, Optional.empty()).size()).isEqualTo(1);
  }

  @Test
  void saysWhereAHistoryIsMalformed() {
    assertThatThrownBy(() -> read("[{:process 0, :type :invoke, :f :read}\n 17]"))
        .isInstanceOf(HistoryFormatException.class)
        .hasMessageContaining("h:2:2: 17 is not an operation; expected a map");
    assertThatThrownBy(() -> read("{:process 0, :type :begin, :f :read}"))
        .hasMessageContaining("h:1:1: an operation's :type is not");
    assertThatThrownBy(() -> read("{:type :invoke, :f :read}"))
        .hasMessageContaining("an operation has no :process");
    assertThatThrownBy(() -> read("{:process 0, :type :invoke}"))
        .hasMessageContaining("an operation has no :f");
    assertThatThrownBy(() -> read("{:process 0, :type :ok, :f :read}"))
        .isInstanceOf(HistoryFormatException.class)
        .hasMessageContaining("completes an operation that it did not invoke");
    assertThatThrownBy(() -> read("INFO nothing\n"))
        .hasMessageContaining("no line is an operation");
  }

  @Test
  void readsBackTheEdnThatItWrites() throws IOException {
    History history =
        read(
            """
            {"process":0,"type":"invoke","f":"write","key":"k1","value":5}
            {"process":"nemesis","type":"info","f":"start","value":{"fault":"kill"}}
            {"process":0,"type":"fail","f":"write","key":"k1","value":5,"error":{"code":"gone","message":"it \\"went\\"","definite":true}}
            """);
    StringBuilder edn = new StringBuilder();
    for (int i = 0; i < history.size(); i++) {
      EdnLines.append(edn, i, history.event(i));
    }
    History again = read(edn.toString());
    assertThat(again.size()).isEqualTo(3);
    assertThat(again.key(0)).isEqualTo("k1");
    assertThat(again.value(0)).isEqualTo(Json.of(5));
    assertThat(again.value(1)).isEqualTo(history.value(1));
    assertThat(again.error(2)).extracting(OperationError::code).isEqualTo("gone");
  }

  private History read(String content) throws IOException {
    return HistoryImport.read(Files.writeString(directory.resolve("h"), content), Optional.empty());
  }
}
