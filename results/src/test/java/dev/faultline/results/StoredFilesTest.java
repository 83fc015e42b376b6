package dev.faultline.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonReader;
import dev.faultline.results.RunResults.ErrorRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredFilesTest {

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("run.json");
  }

  @Test
  void aSummaryComesBackAsItWas() throws IOException {
    RunSummary valid = Runs.summary("VALID", null, 0);
    RunSummary broken = Runs.deviating(Runs.summary("UNKNOWN", "no \"time\"\n", 2), "acks-early");

    for (RunSummary run : List.of(Runs.inDocker(valid, "3.5.16"), valid, broken)) {
      run.write(file);
      assertThat(RunSummary.read(file)).isEqualTo(run);
    }
    assertThat(Files.readString(file))
        .startsWith("{\n")
        .contains("\"version\" : 1")
        .contains("\"started\" : \"2026-11-23T02:14:07Z\"")
        .contains("\"leaderChanges\" : null")
        .endsWith("}\n");
  }

  @Test
  void resultsComeBackAsTheyWere() throws IOException {
    RunResults results =
        RunResults.of(
            List.of(
                Runs.result("linearizable", Verdict.invalid(), "broken", Runs.staleRead()),
                Runs.result("stats", Verdict.unknown("no operation succeeded"), "vacuous")),
            List.of(new ErrorRow("UNAVAILABLE", "", false, "unavailable", false, "may be sent")));

    results.write(file);

    assertThat(RunResults.read(file)).isEqualTo(results);
    assertThat(results.checks().getFirst().milliseconds()).isEqualTo(1400);
    assertThat(results.checks().getLast().reason()).isEqualTo("no operation succeeded");
  }

  @Test
  void anUnknownMemberIsNamedWithItsPlace() throws IOException {
    corrupt("  \"seed\" :", "  \"sede\" : 7,\n  \"seed\" :");

    assertThatThrownBy(() -> RunSummary.read(file))
        .isInstanceOf(MalformedResultException.class)
        .hasMessageStartingWith(file + ":4:")
        .hasMessageContaining("unknown member sede; known here: [")
        .hasMessageContaining("seed");
  }

  @Test
  void aSummaryOfAnOlderReleaseIsStillRead() throws IOException {
    RunSummary run = Runs.summary("VALID", null, 0);
    Runs.inDocker(run, "3.5.16").write(file);
    String text = Files.readString(file);
    String older = text.replaceAll("  \"(systemVersion|cluster|links)\" : [^\n]*\n", "");
    assertThat(older.lines()).hasSize((int) text.lines().count() - 3);
    Files.writeString(file, older);

    assertThat(RunSummary.read(file)).isEqualTo(run);
  }

  @Test
  void aMissingMemberIsNamed() throws IOException {
    corrupt("  \"seed\" : \"0x9e3779b97f4a7c15\",\n", "");

    assertThatThrownBy(() -> RunSummary.read(file))
        .isInstanceOf(MalformedResultException.class)
        .hasMessageContaining("member seed is missing");
  }

  @Test
  void whatIsNullAndMustNotBeIsNamed() throws IOException {
    corrupt("\"seed\" : \"0x9e3779b97f4a7c15\"", "\"seed\" : null");

    assertThatThrownBy(() -> RunSummary.read(file))
        .isInstanceOf(MalformedResultException.class)
        .hasMessageContaining("seed");
  }

  @Test
  void aWrongTypeIsNamedWithItsPlace() throws IOException {
    corrupt("\"ok\" : 23804", "\"ok\" : \"many\"");

    assertThatThrownBy(() -> RunSummary.read(file))
        .isInstanceOf(MalformedResultException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining("operations.ok")
        .hasMessageContaining("many");
  }

  @Test
  void aTornFileIsAnErrorWithItsPlace() throws IOException {
    Runs.summary("VALID", null, 0).write(file);
    String whole = Files.readString(file);
    for (int length = 0; length < whole.length() - 2; length += 61) {
      Files.writeString(file, whole.substring(0, length));
      assertThatThrownBy(() -> RunSummary.read(file))
          .as("the first %s characters", length)
          .isInstanceOf(MalformedResultException.class)
          .message()
          .matches("(?s)" + Pattern.quote(file.toString()) + ":\\d+:\\d+: .+");
    }
  }

  @Test
  void whatFollowsTheObjectIsAnError() throws IOException {
    Runs.summary("VALID", null, 0).write(file);
    Files.writeString(file, Files.readString(file) + "{}");

    assertThatThrownBy(() -> RunSummary.read(file)).isInstanceOf(MalformedResultException.class);
  }

  @Test
  void aNewerVersionIsToldApartFromGarbage() throws IOException {
    corrupt("\"version\" : 1,", "\"version\" : 2, \"wonder\" : {},");

    assertThatThrownBy(() -> RunSummary.read(file))
        .isInstanceOf(MalformedResultException.class)
        .hasMessageContaining("version 2 of this file; this Faultline reads version 1");
  }

  @Test
  void checkPrintsOneObjectOnOneLine() throws Exception {
    String line =
        CheckJson.line(
            Path.of("a \"b\".ndjson"),
            24_118,
            Runs.result("linearizable", Verdict.invalid(), "broken", Runs.staleRead()));

    assertThat(line).doesNotContain("\n");
    Map<String, Json> members = ((Json.Obj) JsonReader.parse(line)).members();
    assertThat(members.keySet())
        .containsExactly(
            "file",
            "checker",
            "verdict",
            "valid",
            "operations",
            "keys",
            "milliseconds",
            "peakBytes",
            "details",
            "counterexample");
    assertThat(members)
        .containsEntry("file", Json.of("a \"b\".ndjson"))
        .containsEntry("verdict", Json.of("INVALID"))
        .containsEntry("valid", Json.of(false))
        .containsEntry("operations", Json.of(24_118))
        .containsEntry("milliseconds", Json.of(1400));
    assertThat(members.get("counterexample"))
        .isInstanceOfSatisfying(
            Json.Obj.class,
            shown -> assertThat(shown.members()).containsEntry("key", Json.of("k3")));
  }

  @Test
  void checkGivesTheReasonForUnknownOnly() throws Exception {
    String line =
        CheckJson.line(
            Path.of("h"), 1, Runs.result("linearizable", Verdict.unknown("no time left"), "none"));

    assertThat(((Json.Obj) JsonReader.parse(line)).members())
        .containsEntry("reason", Json.of("no time left"))
        .doesNotContainKey("counterexample");
  }

  private void corrupt(String target, String replacement) throws IOException {
    Runs.summary("VALID", null, 0).write(file);
    String text = Files.readString(file);
    assertThat(text).contains(target);
    Files.writeString(file, text.replace(target, replacement));
  }
}
