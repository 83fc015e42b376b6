package dev.faultline.harness.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterpreterBenchmarkTest {

  @Test
  void measuresARunThatWasRecordedInFull(@TempDir Path directory) throws Exception {
    InterpreterBenchmark.Result result = new InterpreterBenchmark(2_000, 10, directory).run();
    assertThat(result.interpreterPerSecond()).isPositive();
    assertThat(result.ratio())
        .isEqualTo(result.interpreterPerSecond() / result.generatorPerSecond());
    // Two lines for each operation, none of which is shorter than this.
    assertThat(result.historyBytes()).isGreaterThan(2 * 2_000 * 80);
    assertThat(directory).isEmptyDirectory();
  }
}
