package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Holds our verdicts against Elle's on hundreds of histories. Where we differ, the case stands in
 * the table with its reason, and the reason is proven of the case; nothing else may differ.
 */
class GoldenSetTest {

  @Test
  void verdictsModelsAnomaliesAndEdgesAreElles() throws IOException {
    Optional<Path> file = GoldenData.file("golden.jsonl");
    assumeTrue(file.isPresent(), "there is no elle/golden.jsonl where faultline.data says");
    Map<String, String> different = new TreeMap<>();
    List<String> unproven = new ArrayList<>();
    for (String line : Files.readAllLines(file.orElseThrow())) {
      GoldenCase golden = new GoldenCase((Json.Obj) JsonReader.parse(line));
      GoldenComparison comparison = new GoldenComparison(golden, golden.analyse());
      List<String> differences = comparison.differences();
      // A value that nobody wrote: Elle ignores it; it must really be one.
      assertThat(comparison.hasGarbage()).as(golden.name()).isEqualTo(golden.expectsGarbage());
      if (!differences.isEmpty()) {
        Deviation reason = GoldenDeviations.TABLE.get(golden.name());
        if (reason == null || !reason.isProven(golden, comparison)) {
          unproven.add(golden.name() + " (" + reason + "): " + differences);
        } else {
          different.put(golden.name(), reason.name());
        }
      }
    }
    assertThat(unproven).isEmpty();
    assertThat(different.keySet()).isEqualTo(new TreeMap<>(GoldenDeviations.TABLE).keySet());
  }
}
