package dev.faultline.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {

  private static final Instant STARTED = Instant.parse("2026-11-23T02:14:07.999Z");

  @TempDir Path base;

  @Test
  void isNamedByTimeAndScenarioAndHasAPlaceForEverything() throws IOException {
    RunDirectory run = RunDirectory.create(base.resolve("results/runs"), "register", STARTED);

    assertThat(run.path()).isEqualTo(base.resolve("results/runs/2026-11-23T02-14-07Z-register"));
    assertThat(run.logs()).isDirectory();
    assertThat(
            Stream.of(
                    run.runJson(),
                    run.scenarioYaml(),
                    run.planJson(),
                    run.historyNdjson(),
                    run.resultsJson(),
                    run.junitXml(),
                    run.summaryMarkdown(),
                    run.logs("n1"))
                .map(path -> run.path().relativize(path).toString()))
        .containsExactly(
            "run.json",
            "scenario.yaml",
            "plan.json",
            "history.ndjson",
            "results.json",
            "junit.xml",
            "summary.md",
            "logs/n1");
  }

  @Test
  void keepsNamesWithinTheDirectory() throws IOException {
    for (String name : List.of("../../etc", "a/b c", "", "..", "ünï")) {
      Path path = RunDirectory.create(base, name, STARTED).path();
      assertThat(path.getParent()).isEqualTo(base);
      assertThat(path.getFileName().toString()).matches("2026-11-23T02-14-07Z-[A-Za-z0-9._-]+");
    }
  }

  @Test
  void runsThatStartInTheSameSecondDoNotMeet() throws Exception {
    Callable<Path> create = () -> RunDirectory.create(base, "register", STARTED).path();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Path>> created =
          threads.invokeAll(IntStream.range(0, 40).mapToObj(_ -> create).toList());
      Set<Path> paths = created.stream().map(Future::resultNow).collect(Collectors.toSet());

      assertThat(paths).hasSize(40).allMatch(Files::isDirectory);
      assertThat(paths).contains(base.resolve(RunDirectory.LATEST).toRealPath());
    }
    try (Stream<Path> files = Files.list(base)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("nothing but the runs and the pointer")
          .noneMatch(name -> name.startsWith("."));
    }
  }

  @Test
  void latestIsARelativeLinkToTheNewest() throws IOException {
    RunDirectory.create(base, "first", STARTED);
    RunDirectory second = RunDirectory.create(base, "second", STARTED.plusSeconds(60));

    assertThat(Files.readSymbolicLink(base.resolve(RunDirectory.LATEST)))
        .isEqualTo(second.path().getFileName());
  }

  @Test
  void opensARunByItsPathAndByEitherKindOfPointer() throws IOException {
    RunDirectory run = RunDirectory.create(base, "register", STARTED);
    Files.createFile(run.historyNdjson());
    Path pointer = Files.createDirectory(base.resolve("elsewhere")).resolve(RunDirectory.LATEST);
    Files.writeString(pointer, "../" + run.path().getFileName() + "\n");

    assertThat(RunDirectory.open(run.path())).isEqualTo(run);
    assertThat(RunDirectory.open(base.resolve(RunDirectory.LATEST)).historyNdjson()).exists();
    assertThat(RunDirectory.open(pointer).historyNdjson()).exists();
  }

  @Test
  void saysWhatIsMissingWhereThereIsNoRun() throws IOException {
    RunDirectory empty = RunDirectory.create(base, "register", STARTED);
    Path file = Files.writeString(base.resolve("history.ndjson.gz"), "x");

    assertThatThrownBy(() -> RunDirectory.open(base.resolve("nowhere")))
        .isInstanceOf(NotARunException.class)
        .hasMessageContaining("nowhere does not exist");
    assertThatThrownBy(() -> RunDirectory.open(empty.path()))
        .isInstanceOf(NotARunException.class)
        .hasMessageContaining("has no history.ndjson");
    assertThatThrownBy(() -> RunDirectory.open(file))
        .isInstanceOf(NotARunException.class)
        .hasMessageContaining("is a file");
    assertThatThrownBy(() -> RunDirectory.open(base))
        .isInstanceOf(NotARunException.class)
        .hasMessageContaining("It holds runs")
        .hasMessageContaining(base.resolve("latest").toString());
  }
}
