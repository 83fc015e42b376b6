package dev.faultline.checkers.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.Script;
import dev.faultline.checkers.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogsCheckerTest {

  @TempDir private Path logs;

  @Test
  void aStackTraceIsAWarningWithItsLines() throws IOException {
    log(
        "n2",
        List.of(
            "12:00:00 INFO started",
            "12:00:01 ERROR java.lang.IllegalStateException: term 4 went back to 3",
            "\tat dev.example.Core.step(Core.java:12)",
            "Caused by: java.io.IOException: disk",
            "12:00:02 INFO on we go"));
    CheckResult result = check(new Script(), logs);
    assertThat(result.verdict()).isEqualTo(Verdict.valid());
    assertThat(result.findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
          assertThat(finding.claim())
              .isEqualTo(
                  "n2 logged at node.log:2: 12:00:01 ERROR java.lang.IllegalStateException:"
                      + " term 4 went back to 3");
          assertThat(finding.lines()).hasSize(3).last().asString().contains("Caused by");
        });
  }

  @Test
  void alarmsThatDifferOnlyInNumbersAreOne() throws IOException {
    log(
        "n1",
        IntStream.range(0, 1000)
            .mapToObj(i -> i + " ERROR java.io.IOException: connection " + i + " reset")
            .toList());
    assertThat(check(new Script(), logs).findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.claim()).contains("the first of 1000 alike");
          assertThat(finding.lines()).hasSize(1);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "panic: runtime error: index out of range",
        "fatal error: all goroutines are asleep - deadlock!",
        "{\"level\":\"panic\",\"msg\":\"tocommit(11) is out of range\"}",
        "Exception in thread \"main\" java.lang.OutOfMemoryError: Java heap space",
        "2026-11-23 FATAL cannot open log",
        "thread 'main' panicked at src/main.rs:4:5",
      })
  void recognisesAlarms(String line) throws IOException {
    log("n1", List.of(line));
    assertThat(check(new Script(), logs).findings()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INFO took snapshot at index 7",
        "WARN non-fatal: retrying",
        "{\"level\":\"warn\",\"msg\":\"lost leader\"}",
        "INFO ExceptionHandler installed",
      })
  void leavesOtherLinesAlone(String line) throws IOException {
    log("n1", List.of(line));
    assertThat(check(new Script(), logs).findings()).isEmpty();
  }

  @Test
  void aNodeThatExitedUnaskedIsAViolationWithItsLastLines() throws IOException {
    log("n2", IntStream.range(0, 100).mapToObj(i -> "line " + i).toList());
    CheckResult result =
        check(
            new Script().nemesis("phase", "{\"phase\":\"exited\",\"node\":\"n2\",\"code\":1}"),
            logs);
    assertThat(result.verdict()).isEqualTo(Verdict.invalid());
    assertThat(result.summary()).isEqualTo("node n2 exited unasked at 0.001 s, code 1");
    assertThat(result.findings().getFirst().lines()).hasSize(20).last().isEqualTo("line 99");
    assertThat(result.findings().getFirst().events()).containsExactly(0);
  }

  @Test
  void logsMayBeMissingOrNotText() throws IOException {
    assertThat(check(new Script(), null).verdict()).isEqualTo(Verdict.valid());
    assertThat(check(new Script(), logs.resolve("none")).verdict()).isEqualTo(Verdict.valid());
    Files.createDirectories(logs.resolve("n1"));
    Files.write(logs.resolve("n1/node.log"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, '\n'});
    assertThat(check(new Script(), logs).verdict()).isEqualTo(Verdict.valid());
  }

  private void log(String node, List<String> lines) throws IOException {
    Files.createDirectories(logs.resolve(node));
    Files.write(logs.resolve(node).resolve("node.log"), lines);
  }

  private static CheckResult check(Script script, @Nullable Path logs) {
    return new LogsChecker().check(new Recording(script.history(), logs), Budget.standard());
  }
}
