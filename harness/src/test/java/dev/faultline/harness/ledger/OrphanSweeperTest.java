package dev.faultline.harness.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.process.ProcessSweeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
      String start = ProcessTable.start(child.pid()).orElseThrow();
      ledger.note("process", Long.toString(child.pid()), start, "n1");
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
  void whatCannotBeTakenAwayNowIsLeftForLaterAndKeepsNothingElse() throws Exception {
    Process orphan = start("cat");
    Path ledger = ledger(deadOwner(), "stubborn a", "stubborn b", line(orphan, "n1"));
    List<String> told =
        new OrphanSweeper(directory, sweepers(new NotNow("busy", new IOException("no")))).sweep();
    assertThat(told).containsExactly("n1 (process " + orphan.pid() + ")", "left for later: busy");
    assertThat(orphan.isAlive()).isFalse();
    assertThat(ledger).exists();
  }

  @ParameterizedTest
  @ValueSource(classes = {IOException.class, IllegalStateException.class})
  void aFailureIsToldAfterEverythingWasTried(Class<? extends Exception> kind) throws Exception {
    Process orphan = start("cat");
    Path ledger = ledger(deadOwner(), "stubborn a", line(orphan, "n1"));
    Exception failure = kind.getConstructor(String.class).newInstance("will not go");
    assertThatThrownBy(() -> new OrphanSweeper(directory, sweepers(failure)).sweep())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("will not go");
    assertThat(orphan.isAlive()).isFalse();
    assertThat(ledger).exists();
  }

  private static List<Sweeper> sweepers(Exception failure) {
    Sweeper stubborn =
        new Sweeper() {
          @Override
          public String kind() {
            return "stubborn";
          }

          @Override
          public List<String> sweep(List<String> words) throws IOException {
            if (failure instanceof IOException io) {
              throw io;
            }
            throw (RuntimeException) failure;
          }
        };
    return List.of(stubborn, new ProcessSweeper());
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
    String start = ProcessTable.start(process.pid()).orElseThrow();
    return "process " + process.pid() + " " + start + " " + name;
  }

  private Path ledger(String... lines) throws IOException {
    return Files.writeString(directory.resolve("1-dead.ledger"), String.join("\n", lines) + "\n");
  }
}
