package dev.faultline.harness.cli;

import static dev.faultline.harness.cli.CommandLineFixture.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.faultline.harness.cli.CommandLineFixture.Ran;
import dev.faultline.harness.system.EtcdSystem;
import dev.faultline.results.compare.Comparison;
import dev.faultline.results.compare.SystemFigures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Systems side by side, as a user sees them. */
class CompareIT {

  @TempDir Path directory;

  @Test
  void theBundledServerAndEtcdGetTheSamePlanAndOneTable() throws IOException {
    assumeThat(EtcdSystem.PROGRAM.onPath())
        .as("etcd is not on the path: nothing to compare with")
        .isPresent();
    Ran ran =
        run(
            "compare",
            "--systems",
            "raft,etcd",
            "--runs",
            "1",
            "--nodes",
            "3",
            "--duration",
            "8s",
            "--every",
            "4s",
            "--for",
            "2s",
            "--faults",
            "kill,partition",
            "--out",
            directory.toString());
    // UNKNOWN proves nothing either way: a fault may go unseen on a busy machine.
    assertThat(ran.status()).as(ran.out() + ran.err()).isIn(0, 2);
    assertThat(ran.out()).contains("raft", "etcd", "ok a second", "not like for like");

    Path kept = directory.resolve("latest");
    Comparison comparison = Comparison.read(kept.resolve("compare.json"));
    assertThat(comparison.systems())
        .extracting(SystemFigures::system)
        .containsExactly("raft", "etcd");
    assertThat(comparison.systems())
        .allSatisfy(system -> assertThat(system.allOperations().ok()).isPositive());
    assertThat(kept.resolve("compare.md")).content().contains("| raft", "etcd");
    List<String> plans = plans(kept.resolve("runs"));
    assertThat(plans).hasSize(2);
    assertThat(plans.get(0)).isEqualTo(plans.get(1));
  }

  private static List<String> plans(Path runs) throws IOException {
    try (Stream<Path> all = Files.list(runs)) {
      return all.filter(path -> !Files.isSymbolicLink(path))
          .map(run -> {
            try {
              return Files.readString(run.resolve("plan.json"));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          })
          .toList();
    }
  }
}
