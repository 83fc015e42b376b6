package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.history.HistoryFormat;
import dev.faultline.checkers.history.HistoryImport;
import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What looks alike is one key only if it is the same. */
class KeysTest {

  @TempDir Path directory;

  @Test
  void aNumberAndATextAreTwoKeys() throws IOException {
    assertThat(check(read("1", "1"), read("\"1\"", "null")).verdict().word())
        .as("nothing was appended to the text")
        .isEqualTo("VALID");
    CheckResult result = check(read("\"1\"", "1"), read("\"1\"", "null"), read("1", "null"));
    assertThat(result.verdict().word()).isEqualTo("INVALID");
    assertThat(String.valueOf(result.details()))
        .as("in text, JSON and pictures alike")
        .contains(
            "did not see that T2 appended 1 to \"1\"",
            "T2 = process 0, #0, 0.000 s – 0.000 s: [append \"1\" 1] ok",
            ">[append \"1\" 1]</text>")
        .doesNotContain("appended 1 to 1");
  }

  @Test
  void aTextAloneIsCalledByItsCharacters() throws IOException {
    CheckResult result = check(read("\"1\"", "1"), read("\"1\"", "null"));
    assertThat(result.summary())
        .contains("T1 read the initial state of 1, and did not see that T2 appended 1 to 1");
  }

  @Test
  void noTwoKeysAreCalledTheSame() {
    Versions versions = new Versions();
    List<Json> keys =
        Stream.of(
                "1",
                "\"1\"",
                "\"\\\"1\\\"\"",
                "\"\\\"\\\\\\\"1\\\\\\\"\\\"\"",
                "1.0",
                "\"1.0\"",
                "\"x\"",
                "\"\"",
                "null",
                "\"null\"",
                "[1]",
                "\"[1]\"",
                "true",
                "-1",
                "\"-1\"")
            .map(JsonReader::parse)
            .toList();
    List<Integer> numbers = keys.stream().map(versions::key).toList();
    assertThat(numbers).doesNotHaveDuplicates();
    assertThat(keys.stream().map(versions::key)).isEqualTo(numbers);
    assertThat(versions.keys()).isEqualTo(keys.size());
    List<String> names = numbers.stream().map(versions::keyName).toList();
    assertThat(names).doesNotHaveDuplicates();
    assertThat(names).startsWith("1", "\"1\"").contains("x", "", "null", "\"null\"", "[1]");
  }

  @Test
  void whatIsImportedFromEdnKeepsThemApart() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("history.edn"),
            """
            {:process 0, :type :invoke, :f :txn, :value [[:append :1 1] [:append 1 2] [:r "1" nil]]}
            {:process 0, :type :ok, :f :txn, :value [[:append :1 1] [:append 1 2] [:r "1" nil]]}
            {:process 0, :type :invoke, :f :txn, :value [[:r "1" nil] [:r 1 nil] [:r :1 nil]]}
            {:process 0, :type :ok, :f :txn, :value [[:r "1" nil] [:r 1 [2]] [:r :1 [1]]]}
            """);
    CheckResult result =
        new TransactionChecker(Workload.APPEND, TransactionOptions.standard())
            .check(
                new Recording(HistoryImport.read(file, Optional.of(HistoryFormat.EDN)), null),
                Budget.standard());
    assertThat(result.verdict().word()).as(result.summary()).isEqualTo("VALID");
  }

  /** Appends 1 to the key 1, or to the text, and reads it. */
  private static String read(String key, String element) {
    return "null".equals(element)
        ? event("[\"r\"," + key + ",null]", "[\"r\"," + key + ",[]]")
        : event(
            "[\"append\"," + key + "," + element + "]", "[\"append\"," + key + "," + element + "]");
  }

  private static String event(String asked, String answered) {
    return "{\"process\":0,\"type\":\"invoke\",\"f\":\"txn\",\"value\":["
        + asked
        + "]}\n{\"process\":0,\"type\":\"ok\",\"f\":\"txn\",\"value\":["
        + answered
        + "]}\n";
  }

  private CheckResult check(String... events) throws IOException {
    Path file = Files.writeString(directory.resolve("history.ndjson"), String.join("", events));
    return new TransactionChecker(Workload.APPEND, TransactionOptions.standard())
        .check(file, Budget.standard());
  }
}
