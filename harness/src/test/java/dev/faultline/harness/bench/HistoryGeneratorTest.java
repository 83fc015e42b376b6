package dev.faultline.harness.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.HistoryReader;
import dev.faultline.checkers.linearizability.LinearizabilityChecker;
import dev.faultline.checkers.linearizability.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryGeneratorTest {

  private static final int OPERATIONS = 2_000;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"history.ndjson", "history.ndjson.gz"})
  void writesWhatItMakesInMemory(String name) throws IOException {
    var settings = new HistoryGenerator.Settings(OPERATIONS, 5, 7, 0, 0.05, -1, 3);
    Path file = directory.resolve(name);
    int events = HistoryGenerator.write(settings, file);
    History written = HistoryReader.read(file);
    History made = HistoryGenerator.generate(settings);
    assertThat(written.size()).isEqualTo(events).isEqualTo(made.size());
    for (int i = 0; i < events; i++) {
      assertThat(written.event(i)).isEqualTo(made.event(i));
    }
    byte[] bytes = Files.readAllBytes(file);
    assertThat(bytes[0] == '{').isEqualTo(name.endsWith("ndjson"));
  }

  @Test
  void theVerdictIsKnownByConstruction() {
    for (int values : new int[] {0, 5}) {
      for (long seed = 0; seed < 5; seed++) {
        assertThat(verdict(values, -1, seed)).isEqualTo("VALID");
        assertThat(verdict(values, 0.5, seed)).isEqualTo("INVALID");
      }
    }
  }

  private static String verdict(int values, double staleAt, long seed) {
    History history =
        HistoryGenerator.generate(
            new HistoryGenerator.Settings(OPERATIONS, 10, 1, values, 0.01, staleAt, seed));
    return new LinearizabilityChecker(Models.named("cas-register").orElseThrow())
        .check(new Recording(history, null), Budget.standard())
        .verdict()
        .word();
  }
}
