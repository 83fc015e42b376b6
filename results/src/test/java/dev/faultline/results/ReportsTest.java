package dev.faultline.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ReportsTest {

  private static final FinishedRun VALID =
      new FinishedRun(Runs.summary("VALID", null, 0), "VALID    all well\n", Path.of("runs/a"));
  private static final FinishedRun INVALID =
      new FinishedRun(
          Runs.summary("INVALID", null, 1),
          "INVALID  read <17> & \"18\" ]]> \u0000\u001b[1m \ud800 café | `x`\n  evidence\n",
          Path.of("runs/b"));
  private static final FinishedRun UNKNOWN =
      new FinishedRun(
          Runs.summary("UNKNOWN", "no time", 2), "UNKNOWN  no time\n", Path.of("runs/c"));
  private static final FinishedRun SLOW =
      new FinishedRun(Runs.summary("VALID", null, 3), "VALID    too slow\n", Path.of("runs/d"));

  @Test
  void junitSeesOneCaseForEachRunWithItsOutcome() throws Exception {
    Document xml = parse(JunitXml.render(List.of(VALID, INVALID, UNKNOWN, SLOW)));

    assertThat(text(xml, "/testsuites/testsuite/@name")).isEqualTo("register");
    assertThat(text(xml, "/testsuites/testsuite/@tests")).isEqualTo("4");
    assertThat(text(xml, "/testsuites/testsuite/@failures")).isEqualTo("2");
    assertThat(text(xml, "/testsuites/testsuite/@errors")).isEqualTo("1");
    assertThat(text(xml, "//testcase[1]/@name"))
        .isEqualTo("partition+kill+pause seed=0x9e3779b97f4a7c15");
    assertThat(text(xml, "//testcase[1]/@time")).isEqualTo("63.500");
    assertThat(text(xml, "count(//testcase[1]/failure | //testcase[1]/error)")).isEqualTo("0");
    assertThat(text(xml, "//testcase[2]/failure/@type")).isEqualTo("INVALID");
    assertThat(text(xml, "//testcase[3]/error/@message")).isEqualTo("no time");
    assertThat(text(xml, "//testcase[4]/failure/@message")).isEqualTo("too slow");
  }

  @Test
  void junitTellsHowToRunAgainTwice() throws Exception {
    Document xml = parse(JunitXml.render(List.of(INVALID)));

    assertThat(text(xml, "//testcase/properties/property[@name='seed']/@value"))
        .isEqualTo("0x9e3779b97f4a7c15");
    assertThat(text(xml, "//testcase/properties/property[@name='again']/@value"))
        .isEqualTo("./faultline run -f register.yaml --seed 0x9e3779b97f4a7c15");
    assertThat(text(xml, "//testcase/system-out")).contains("seed 0x9e3779b97f4a7c15");
  }

  @Test
  void junitSurvivesWhateverWasInAValue() throws Exception {
    Document xml = parse(JunitXml.render(List.of(INVALID)));

    assertThat(text(xml, "//failure"))
        .contains("read <17> & \"18\" ]]> \\u0000\\u001b[1m \\ud800 café")
        .contains("\n  evidence");
    assertThat(text(xml, "//failure/@message")).startsWith("read <17>");
  }

  @Test
  void theMarkdownOfOneRunIsItsScreen() {
    String text = SummaryMarkdown.render(List.of(VALID));

    assertThat(text)
        .startsWith("## Faultline: VALID\n")
        .contains("```text\nVALID    all well\n```");
  }

  @Test
  void theMarkdownTellsWhatTheSystemRanIn() {
    FinishedRun run =
        new FinishedRun(
            Runs.inDocker(Runs.summary("VALID", null, 0), "3.5.16"), "VALID\n", Path.of("runs/f"));

    assertThat(SummaryMarkdown.render(List.of(run))).contains("| raft 3.5.16, docker, packets |");
  }

  @Test
  void theMarkdownOfManyRunsIsATableAndTheWorstFirst() {
    String text = SummaryMarkdown.render(List.of(VALID, UNKNOWN, INVALID));

    assertThat(text).startsWith("## Faultline: 1 of 3 runs passed\n");
    assertThat(text.lines().filter(line -> line.startsWith("| ")).skip(1))
        .hasSize(3)
        .satisfiesExactly(
            row -> assertThat(row).startsWith("| INVALID |"),
            row -> assertThat(row).startsWith("| UNKNOWN |"),
            row -> assertThat(row).startsWith("| VALID |"))
        .allMatch(row -> row.replace("\\|", "").chars().filter(c -> c == '|').count() == 7);
    assertThat(text.indexOf("### INVALID")).isPositive().isLessThan(text.indexOf("### UNKNOWN"));
    assertThat(text).doesNotContain("### VALID");
  }

  @Test
  void theMarkdownStaysBelowTheLimitAndSaysWhatItLeftOut() {
    FinishedRun large =
        new FinishedRun(
            Runs.summary("INVALID", null, 1),
            "INVALID  é\n" + "é".repeat(40_000) + "\n",
            Path.of("runs/e"));
    List<FinishedRun> runs = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      runs.add(large);
    }

    String text = SummaryMarkdown.render(runs);

    assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(SummaryMarkdown.MAX_BYTES);
    assertThat(text).contains("further parts were left out");
  }

  private static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  private static String text(Document xml, String path) throws Exception {
    return XPathFactory.newInstance().newXPath().evaluate(path, xml);
  }
}
