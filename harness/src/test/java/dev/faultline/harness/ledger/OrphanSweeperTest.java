package dev.faultline.harness.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.process.ProcessSweeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanSweeperTest {

  @TempDir Path directory;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void endsTheProcessesOfADeadHarness() throws Exception {
    Process orphan = start("cat");
    Path ledger = ledger(deadOwner(), line(orphan, "n1"));
    assertThat(sweeper(directory).sweep()).containsExactly("n1 (process " + orphan.pid() + ")");
    assertThat(orphan.isAlive()).isFalse();
    assertThat(ledger).doesNotExist();
  }

  @Test
  void leavesARunningHarnessAlone() throws Exception {
    Process child = start("cat");
    try (RunLedger ledger = RunLedger.open(directory, "mine")) {
      long start = ProcessTable.startTime(child.pid()).orElseThrow();
      ledger.note("process", Long.toString(child.pid()), Long.toString(start), "n1");
      assertThat(sweeper(directory).sweep()).isEmpty();
      assertThat(child.isAlive()).isTrue();
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void leavesAProcessAloneThatOnlyHasTheSamePid() throws Exception {
    Process stranger = start("cat");
    ledger(deadOwner(), "process " + stranger.pid() + " 1000 n1");
    assertThat(sweeper(directory).sweep()).isEmpty();
    assertThat(stranger.isAlive()).isTrue();
  }

  @Test
  void understandsALedgerThatWasTornWhileBeingWritten() throws Exception {
    Process orphan = start("cat");
    ledger(deadOwner(), line(orphan, "n1"), "proce");
    assertThat(sweeper(directory).sweep()).hasSize(1);
    assertThat(orphan.isAlive()).isFalse();
  }

  @Test
  void findsNothingWhereNobodyEverRan() throws IOException {
    assertThat(sweeper(directory.resolve("nowhere")).sweep()).isEmpty();
  }

  private static OrphanSweeper sweeper(Path ledgers) {
    return new OrphanSweeper(ledgers, List.of(new ProcessSweeper()));
  }

  private Process start(String... command) throws IOException {
    Process process = new ProcessBuilder(command).start();
    started.add(process);
    return process;
  }

  private String deadOwner() throws Exception {
    Process owner = start("true");
    owner.waitFor();
    return "owner " + owner.pid() + " 1000";
  }

  private static String line(Process process, String name) {
    long start = ProcessTable.startTime(process.pid()).orElseThrow();
    return "process " + process.pid() + " " + start + " " + name;
  }

  private Path ledger(String... lines) throws IOException {
    return Files.writeString(directory.resolve("1-dead.ledger"), String.join("\n", lines) + "\n");
  }
}
