package dev.faultline.harness.cli;

import static dev.faultline.harness.cli.CommandLineFixture.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.json.Json;
import dev.faultline.harness.cli.CommandLineFixture.Ran;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check} with files of every format. */
class CheckCommandTest {

  private static final String LOG =
      """
      INFO  jepsen.util - 0\t:invoke\t:write\t1
      INFO  jepsen.util - 0\t:ok\t:write\t1
      INFO  jepsen.util - 1\t:invoke\t:cas\t[%s 3]
      INFO  jepsen.util - 1\t:fail\t:cas\t[%s 3]
      """;

  private static final String QUEUE =
      """
      [{:process 0, :type :invoke, :f :enqueue, :value 1}
       {:process 0, :type :ok, :f :enqueue, :value 1}
       {:process 1, :type :invoke, :f :dequeue, :value nil}
       {:process 1, :type :ok, :f :dequeue, :value %s}]
      """;

  @TempDir Path directory;

  @Test
  void tellsFormatsAndModelsApart() throws IOException {
    Ran ran =
        run(
            "check",
            write("a.log", LOG.formatted("2", "2")),
            write("b.log", LOG.formatted("1", "1")),
            write("c.edn", QUEUE.formatted("1")),
            write("d.edn", QUEUE.formatted("2")));
    assertThat(ran.out().lines().map(line -> line.replaceAll("  .*", "")))
        .filteredOn(line -> line.endsWith("VALID"))
        .containsExactly("VALID", "INVALID", "VALID", "INVALID");
    assertThat(ran.out()).contains("linearizable as queue");
    assertThat(ran.status()).isEqualTo(1);
  }

  @Test
  void withoutTimesPlacesAreTold() throws IOException {
    String stale =
        """
        {"process":0,"type":"invoke","f":"write","value":17}
        {"process":0,"type":"ok","f":"write","value":17}
        {"process":1,"type":"invoke","f":"write","value":18}
        {"process":1,"type":"ok","f":"write","value":18}
        {"process":2,"type":"invoke","f":"read","value":null}
        {"process":2,"type":"ok","f":"read","value":17}
        """;
    assertThat(run("check", write("stale.ndjson", stale)).out())
        .contains("process 2 read 17 at #4, 1 event after write 18 had been acknowledged")
        .contains("#4  – #5  process 2  read   17  ok");
  }

  @Test
  void printsWhatAScriptNeeds() throws IOException {
    Ran ran = run("check", "--json", write("c.edn", QUEUE.formatted("2")));
    assertThat(ran.out())
        .contains(
            "\"model\":\"queue\"", "\"verdict\":\"INVALID\"", "\"keys\":1", "\"operations\":2")
        .contains("\"statesExplored\":", "\"readMilliseconds\":", "\"milliseconds\":")
        .contains("\"peakBytes\":", "\"counterexample\":{\"claim\":");
    assertThat(ran.out().lines()).hasSize(1);
  }

  @Test
  void aScriptGetsOneObjectForEachFileAlsoForOneThatCannotBeChecked() throws IOException {
    String missing = directory.resolve("missing.edn").toString();
    Ran ran = run("check", "--json", missing, write("c.edn", QUEUE.formatted("1")));

    assertThat(ran.status()).isEqualTo(254);
    assertThat(ran.out().lines())
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .isEqualTo(
                        "{\"file\":\"%s\",\"error\":\"there is no file %s\"}"
                            .formatted(missing, missing)),
            second -> assertThat(second).contains("\"verdict\":\"VALID\""));
  }

  @Test
  void looksOnlyAtTheKeysAskedFor() throws IOException {
    String lines =
        """
        {"process":0,"type":"invoke","f":"read","key":"a","value":null}
        {"process":0,"type":"ok","f":"read","key":"a","value":7}
        {"process":0,"type":"invoke","f":"read","key":"b","value":null}
        {"process":0,"type":"ok","f":"read","key":"b","value":null}
        """;
    String file = write("keys.ndjson", lines);
    assertThat(run("check", file).status()).isEqualTo(1);
    assertThat(run("check", "--keys", "b", file).status()).isZero();
    assertThat(run("check", "--keys", "a,b", file).status()).isEqualTo(1);
    Ran unknown = run("check", "--keys", "b,c", file);
    assertThat(unknown.status()).isEqualTo(254);
    assertThat(unknown.err()).contains("keys.ndjson has no key 'c'; did you mean");
  }

  @Test
  void exportsWhatItCanReadBack() throws IOException {
    String file = write("a.log", LOG.formatted("2", "2"));
    for (String name : List.of("out.edn", "out.ndjson")) {
      Path out = directory.resolve(name);
      assertThat(run("check", "--export", out.toString(), file).status()).isZero();
      assertThat(run("check", "--model", "cas-register", out.toString()).status()).isZero();
      assertThat(Files.readAllLines(out)).hasSize(4);
    }
  }

  @Test
  void showsAnOrder() throws IOException {
    Ran ran = run("check", "--order", write("c.edn", QUEUE.formatted("1")));
    assertThat(ran.out()).contains("  order: [0,2]");
  }

  @Test
  void saysOfWhichKeysItFoundNoOrder() {
    CheckResult result =
        new CheckResult(
            "linearizable",
            Verdict.valid(),
            "fine",
            List.of(),
            new Json.Obj(
                Map.of(
                    "orders", new Json.Obj(Map.of("a", new Json.Array(List.of(Json.of(4))))),
                    "keysWithoutOrder", new Json.Array(List.of(Json.of("b"))))),
            1,
            1);
    StringWriter out = new StringWriter();
    CheckCommand.printOrders(new PrintWriter(out), result);
    assertThat(out.toString().lines())
        .containsExactly(
            "  order of a: [4]",
            "  order of b: there is one, but none was found within the budget");
  }

  @Test
  void usesThreadsWithinAKeyOnRequest() throws IOException {
    String valid = write("a.log", LOG.formatted("2", "2"));
    String invalid = write("b.log", LOG.formatted("1", "1"));
    for (String file : List.of(valid, invalid)) {
      Ran alone = run("check", file);
      Ran helped = run("check", "--within-key", file);
      assertThat(helped.status()).isEqualTo(alone.status());
      assertThat(helped.out()).isEqualTo(alone.out());
    }
    for (String option : List.of("--within-key", "--order")) {
      Ran refused = run("check", "--checker", "stats", option, valid);
      assertThat(refused.status()).isEqualTo(254);
      assertThat(refused.err()).contains(option).contains("not for stats");
    }
  }

  @Test
  void saysWhatIsWrongWithAnOption() throws IOException {
    String file = write("a.log", LOG.formatted("2", "2"));
    assertThat(run("check", "--format", "ednn", file).err()).contains("did you mean 'edn'?");
    assertThat(run("check", "--memory", "lots", file).err()).contains("such as 512m");
    assertThat(run("check", "--memory", "64m", "--timeout", "5s", file).status()).isZero();
    assertThat(run("check", "--format", "ndjson", file).status()).isEqualTo(254);
    assertThat(run("check", "--model", "quue", file).err()).contains("did you mean 'queue'?");
  }

  @Test
  void pointsAtWhatIsMalformed() throws IOException {
    Ran ran = run("check", write("bad.edn", "[{:process 0, :type :invoke\n  :f :read :value }]"));
    assertThat(ran.status()).isEqualTo(254);
    assertThat(ran.err()).contains("bad.edn:2:19: a map's last key has no value; expected");
  }

  private String write(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content).toString();
  }
}
