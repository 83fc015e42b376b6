package dev.faultline.harness.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.faultline.harness.ledger.ProcessTable;
import dev.faultline.harness.ledger.RunLedger;
import dev.faultline.harness.system.Launch;
import dev.faultline.nemeses.NodeCondition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeProcessTest {

  @TempDir Path directory;
  private final List<NodeProcess> started = new ArrayList<>();
  private final List<Integer> unaskedExits = new CopyOnWriteArrayList<>();

  @AfterEach
  void endAll() throws IOException {
    for (NodeProcess process : started) {
      process.kill();
    }
  }

  @Test
  void isDownUntilStartedAndAfterBeingKilled() throws IOException {
    NodeProcess process = process("cat");
    assertThat(process.condition()).isEqualTo(NodeCondition.DOWN);
    process.start();
    assertThat(process.condition()).isEqualTo(NodeCondition.RUNNING);
    process.kill();
    assertThat(process.condition()).isEqualTo(NodeCondition.DOWN);
    process.start();
    assertThat(process.condition()).isEqualTo(NodeCondition.RUNNING);
    assertThat(unaskedExits).isEmpty();
  }

  @Test
  void aPausedProcessIsObservedToBeStoppedAndGoesOn() throws IOException {
    NodeProcess process = process("cat");
    process.start();
    process.pause();
    assertThat(process.condition()).isEqualTo(NodeCondition.PAUSED);
    process.resume();
    await().until(() -> process.condition() == NodeCondition.RUNNING);
  }

  @Test
  void aPausedProcessCanBeKilled() throws IOException {
    NodeProcess process = process("cat");
    process.start();
    process.pause();
    process.kill();
    assertThat(process.condition()).isEqualTo(NodeCondition.DOWN);
  }

  /** Without exec a shell waits for the program that it has started, under another id. */
  @Test
  void aProgramBehindAScriptIsPausedAndKilledWithIt() throws IOException {
    NodeProcess process = process("sh", "-c", "cat; exit 1");
    process.start();
    ProcessHandle shell = ProcessHandle.of(process.pid().orElseThrow()).orElseThrow();
    ProcessHandle cat =
        await().until(() -> shell.descendants().findFirst(), Optional::isPresent).orElseThrow();

    process.pause();
    assertThat(ProcessTable.isStopped(cat.pid())).isTrue();
    assertThat(process.condition()).isEqualTo(NodeCondition.PAUSED);
    Signal.CONTINUE.send(cat.pid());
    await().until(() -> process.condition() == NodeCondition.RUNNING);
    process.resume();

    process.pause();
    process.kill();
    assertThat(ProcessTable.isGone(cat.pid())).isTrue();
    assertThat(process.condition()).isEqualTo(NodeCondition.DOWN);
    assertThat(unaskedExits).isEmpty();
  }

  @Test
  void aProgramBehindAScriptEndsWithIt() throws IOException {
    NodeProcess process = process("sh", "-c", "cat; exit 1");
    process.start();
    ProcessHandle shell = ProcessHandle.of(process.pid().orElseThrow()).orElseThrow();
    ProcessHandle cat =
        await().until(() -> shell.descendants().findFirst(), Optional::isPresent).orElseThrow();
    process.terminate();
    process.awaitEnd(10);
    assertThat(ProcessTable.isGone(cat.pid())).isTrue();
  }

  @Test
  void anExitThatNobodyAskedForIsReportedWithItsCode() throws IOException {
    NodeProcess process = process("sh", "-c", "echo no such luck; exit 7");
    process.start();
    await().until(() -> unaskedExits.equals(List.of(7)));
    assertThat(process.condition()).isEqualTo(NodeCondition.EXITED);
    assertThat(directory.resolve("logs/node.log")).hasContent("no such luck");
    assertThatThrownBy(process::pause)
        .isInstanceOf(IOException.class)
        .hasMessage("n1 does not run");
  }

  @Test
  void anEndThatCameBeforeItWasAskedForIsUnaskedAllTheSame() throws IOException {
    NodeProcess process = process("sh", "-c", "exit 3");
    process.start();
    await().until(() -> process.pid().isEmpty());
    process.kill();
    await().until(() -> unaskedExits.equals(List.of(3)));
  }

  @Test
  void aLifeThatWasEndedDoesNotCountAgainstTheNext() throws IOException {
    NodeProcess process = process("cat");
    for (int i = 0; i < 20; i++) {
      process.start();
      process.kill();
    }
    process.start();
    assertThat(process.condition()).isEqualTo(NodeCondition.RUNNING);
    assertThat(unaskedExits).isEmpty();
  }

  @Test
  void aProgramThatDoesNotExistIsAnError() {
    assertThatThrownBy(() -> process("/no/such/program").start()).isInstanceOf(IOException.class);
  }

  private NodeProcess process(String... command) throws IOException {
    RunLedger ledger = RunLedger.open(directory.resolve("ledgers"), "test");
    NodeProcess process =
        new NodeProcess(
            "n1",
            Launch.of(List.of(command)),
            directory.resolve("logs/node.log"),
            ledger,
            unaskedExits::add);
    started.add(process);
    assertThat(Files.isDirectory(directory.resolve("ledgers"))).isTrue();
    return process;
  }
}
