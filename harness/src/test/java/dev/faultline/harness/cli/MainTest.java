package dev.faultline.harness.cli;

import static dev.faultline.harness.cli.CommandLineFixture.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.cli.CommandLineFixture.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

  private static final String WRITE_THEN_READ =
      """
      {"process":0,"type":"invoke","f":"write","key":"x","value":1}
      {"process":0,"type":"ok","f":"write","key":"x","value":1}
      {"process":1,"type":"invoke","f":"read","key":"x","value":null}
      {"process":1,"type":"ok","f":"read","key":"x","value":%s}
      """;

  @TempDir Path directory;

  @Test
  void checksAHistoryThatIsLinearizable() throws IOException {
    Ran ran = run("check", write("good.ndjson", WRITE_THEN_READ.formatted("1")));
    assertThat(ran.status()).isZero();
    assertThat(ran.out()).startsWith("VALID");
  }

  @Test
  void showsWhyAHistoryIsNot() throws IOException {
    Ran ran = run("check", write("bad.ndjson", WRITE_THEN_READ.formatted("null")));
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.out()).startsWith("INVALID").contains("#0").contains("#2").contains("write");
  }

  @Test
  void printsOneJsonObjectForEachFileAndExitsWithTheWorst() throws IOException {
    Ran ran =
        run(
            "check",
            "--json",
            write("good.ndjson", WRITE_THEN_READ.formatted("1")),
            write("bad.ndjson", WRITE_THEN_READ.formatted("2")));
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.out().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"file\":") && line.endsWith("}"));
    assertThat(ran.out()).contains("\"verdict\":\"VALID\"", "\"verdict\":\"INVALID\"");
    assertThat(ran.out()).contains("\"counterexample\":", "\"peakBytes\":", "\"milliseconds\":");
  }

  @Test
  void aMalformedHistoryIsNamedByLineAndColumnAndTheOthersAreStillChecked() throws IOException {
    String garbage = write("garbage.ndjson", "{\"process\":0,\"type\":\"invoke\"\nnonsense\n{}\n");
    Ran ran = run("check", garbage, write("good.ndjson", WRITE_THEN_READ.formatted("1")));
    assertThat(ran.status()).isEqualTo(254);
    assertThat(ran.err()).contains(garbage + ":1:");
    assertThat(ran.out()).contains("VALID");
  }

  @ParameterizedTest
  @ValueSource(strings = {"check no-such-file", "run -f no-such.yaml", "run --plan no-such.json"})
  void aFileThatDoesNotExistIsNamed(String line) {
    Ran ran = run(line.split(" "));
    assertThat(ran.status()).isEqualTo(254);
    assertThat(ran.err()).contains("there is no file no-such");
  }

  @Test
  void aPlanThatIsGarbageIsNamedByLineAndColumn() throws IOException {
    String plan = write("plan.json", "{\"version\":1,\n \"stepz\":[]}");
    Ran ran = run("run", "--plan", plan);
    assertThat(ran.status()).isEqualTo(254);
    assertThat(ran.err()).contains(plan + ":2:").contains("steps");
  }

  @Test
  void aScenarioThatIsGarbageIsNamedByLineAndColumn() throws IOException {
    String scenario = write("scenario.yaml", "nodes: 3\nduratoin: 10s\n");
    Ran ran = run("run", "-f", scenario);
    assertThat(ran.status()).isEqualTo(254);
    assertThat(ran.err())
        .contains(scenario + ":2:1: unknown key 'duratoin'; did you mean 'duration'?");
  }

  @Test
  void namesThatDoNotExistAreAnsweredWithTheNearest() {
    assertThat(run("run", "--faults", "partitoin").err()).contains("did you mean 'partition'");
    assertThat(run("run", "--deviation", "leader-local-raed").err())
        .contains("did you mean 'leader-local-read'");
    assertThat(run("run", "--system", "raftt").err()).contains("did you mean 'raft'");
    assertThat(run("check", "--model", "cas-registr", "x").err())
        .contains("did you mean 'cas-register'");
    assertThat(run("run", "--nodez", "3").status()).isEqualTo(254);
  }

  @Test
  void aDirectoryThatHoldsNoRunIsRefused() {
    Ran ran = run("analyze", directory.toString());
    assertThat(ran.status()).isEqualTo(254);
    assertThat(ran.err()).contains("is not a run's directory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"workloads", "faults", "checkers", "models", "systems", "deviations"})
  void listsWhatThereIs(String what) {
    Ran ran = run("list", what);
    assertThat(ran.status()).isZero();
    assertThat(ran.out()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bench faults --cluster process --links packets | no packets stand in the links of a process cluster
          bench faults --system etdc                     | did you mean 'etcd'
          bench faults --nodes 1                         | two nodes at least
          bench faults --rounds 0                        | one round
          bench faults --cluster kubernetes              | --cluster
          bench                                          | interpreter, server, faults or generate
          """)
  void aBenchmarkThatCannotBeMadeIsRefused(String line, String complaint) {
    Ran ran = run(line.split(" "));
    assertThat(ran.status()).isEqualTo(254);
    assertThat(ran.err()).contains(complaint);
  }

  @Test
  void withoutACommandItSaysHowItIsUsed() {
    Ran ran = run();
    assertThat(ran.status()).isEqualTo(254);
    assertThat(ran.err()).contains("Usage: faultline");
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compare --systems raft",
        "compare --systems raft,raft",
        "compare --systems raft,etcd --runs 0",
        "compare --systems raft,etdc",
        "compare --systems raft,etcd:apply-twice",
        "compare --systems raft,etcd --system raft",
        "run --nodes 1",
        "run --cluster dokcer",
        "run --cluster docker --faults slow --links packets"
      })
  void whatCannotBeComparedOrRunIsRefused(String line) {
    Ran ran = run(line.split(" "));
    assertThat(ran.status()).as(ran.err()).isEqualTo(254);
    assertThat(ran.err()).isNotBlank();
  }
}
