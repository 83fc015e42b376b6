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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code check --workload}: histories of transactions. */
class TransactionCheckTest {

  /** Two transactions, one after the other; the second did not see the first. */
  private static final String STALE =
      """
      {"process":0,"type":"invoke","f":"txn","value":[["append","x",1]]}
      {"process":0,"type":"ok","f":"txn","value":[["append","x",1]]}
      {"process":1,"type":"invoke","f":"txn","value":[["r","x",null]]}
      {"process":1,"type":"ok","f":"txn","value":[["r","x",null]]}
      """;

  private static final String LOST_IN_EDN =
      """
      {:process 0, :type :invoke, :f :txn, :value [[:w :x 1]]}
      {:process 0, :type :ok, :f :txn, :value [[:w :x 1]]}
      {:process 1, :type :invoke, :f :txn, :value [[:r :x nil]]}
      {:process 1, :type :ok, :f :txn, :value [[:r :x %s]]}
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "--workload=append, 1",
    "--workload=append --consistency-model=strict-serializable, 1",
    "'--workload=append --consistency-model=serializable,PL-2', 0",
    "--workload=append --anomalies=G-single-realtime, 1",
    "--workload=append --anomalies=G1a, 0",
    "--workload=append --checker=transactions, 1",
  })
  void whatIsAskedForDecidesWhetherAStaleReadIsAllowed(String options, int status)
      throws IOException {
    Ran ran = check(options, write("stale.ndjson", STALE));
    assertThat(ran.err()).isEmpty();
    assertThat(ran.status()).isEqualTo(status);
    if (status == 1) {
      assertThat(ran.out()).contains("G-single-item-realtime").contains("T1").contains("T2");
    }
  }

  @Test
  void drawsWhatItFound() throws IOException {
    Path pictures = directory.resolve("pictures");
    Ran ran = check("--workload=append --svg=" + pictures, write("stale.ndjson", STALE));
    Path picture = pictures.resolve("G-single-item-realtime-1.svg");
    assertThat(ran.out()).contains("picture " + picture);
    assertThat(picture).content().startsWith("<svg");
  }

  @Test
  void readsEdn() throws IOException {
    Ran ran =
        check(
            "--workload=wr",
            write("good.edn", LOST_IN_EDN.formatted("1")),
            write("garbage.edn", LOST_IN_EDN.formatted("2")));
    assertThat(ran.out().lines()).anyMatch(line -> line.startsWith("VALID"));
    assertThat(ran.out().lines()).anyMatch(line -> line.startsWith("INVALID"));
    assertThat(ran.status()).isEqualTo(1);
  }

  @Test
  void printsWhatAScriptNeedsOneLineForEachFile() throws IOException {
    String good = write("good.edn", LOST_IN_EDN.formatted("1"));
    Ran ran = check("--workload=append --json", write("stale.ndjson", STALE), good);
    assertThat(ran.out().lines()).hasSize(2);
    JsonNode stale = JsonMapper.shared().readTree(ran.out().lines().findFirst().orElseThrow());
    assertThat(stale.path("valid").asBoolean(true)).isFalse();
    assertThat(stale.path("workload").asString()).isEqualTo("append");
    assertThat(stale.path("operations").asInt()).isEqualTo(2);
    assertThat(stale.path("not").toString()).isEqualTo("[\"strong-snapshot-isolation\"]");
    assertThat(stale.path("alsoNot").toString()).contains("strict-serializable");
    assertThat(stale.path("milliseconds").isNumber()).isTrue();
    assertThat(stale.path("peakBytes").asLong()).isPositive();
    JsonNode anomaly = stale.path("anomalies").path("G-single-item-realtime");
    assertThat(anomaly.path("count").asInt()).isEqualTo(1);
    assertThat(anomaly.path("examples").path(0).path("events").toString()).isEqualTo("[0,1,2,3]");
  }

  @Test
  void whoForgotTheWorkloadIsToldOfIt() throws IOException {
    Ran ran = run("check", write("stale.ndjson", STALE));
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.out()).contains("--workload append or wr");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--workload=apend|append",
        "--workload=append --consistency-model=serialisable|serializable",
        "--workload=append --anomalies=G-singel|G-single",
        "--workload=append --wfr-keys|--workload wr",
        "--workload=append --model=register|--consistency-model",
        "--workload=append --keys=x|not for transactions",
        "--workload=append --within-key|not for transactions",
        "--consistency-model=serializable|--workload",
        "--checker=transactions|--workload",
      })
  void wrongOptionsAreAnsweredWithTheRemedy(String options, String remedy) throws IOException {
    Ran ran = check(options, write("stale.ndjson", STALE));
    assertThat(ran.status()).isEqualTo(254);
    assertThat(ran.err()).contains(remedy);
    assertThat(ran.out()).isEmpty();
  }

  private static Ran check(String options, String... files) {
    return run(("check " + options + " " + String.join(" ", files)).split(" "));
  }

  private String write(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content).toString();
  }
}
