package dev.faultline.harness.run;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.docker.DockerSweeper;
import dev.faultline.harness.ledger.OrphanSweeper;
import dev.faultline.harness.ledger.RunLedger;
import dev.faultline.harness.process.ProcessSweeper;
import dev.faultline.nemeses.plan.PlanJson;
import dev.faultline.results.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The ground on which a run stands: swept, with a directory to keep it in and a ledger. */
final class RunSite {

  private final RunRequest request;
  private final RunListener listener;

  RunSite(RunRequest request, RunListener listener) {
    this.request = request;
    this.listener = listener;
  }

  /** Ends what runs left that were killed. */
  void sweep() throws EnvironmentException {
    try {
      List<String> ended =
          new OrphanSweeper(
                  RunLedger.directory(), List.of(new ProcessSweeper(), new DockerSweeper()))
              .sweep();
      if (!ended.isEmpty()) {
        listener.phase("ended what a killed run had left: " + String.join(", ", ended));
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          "what an earlier run left could not be cleaned up: " + e.getMessage(),
          "Take it away by hand, or name another place for ledgers with FAULTLINE_STATE.",
          e);
    }
  }

  /** Makes the directory of the run, and keeps there what was decided. */
  RunDirectory createDirectory(Instant started) throws EnvironmentException {
    try {
      RunDirectory directory =
          RunDirectory.create(request.runs(), request.scenario().name(), started);
      Files.writeString(directory.scenarioYaml(), request.scenario().toYaml());
      Files.writeString(directory.planJson(), new PlanJson().write(request.plan()));
      return directory;
    } catch (IOException e) {
      throw new EnvironmentException(
          "no run can be kept in " + request.runs() + ": " + e,
          "Make the directory writable, free space, or name another one with --out.",
          e);
    }
  }

  static RunLedger openLedger(RunDirectory directory) throws EnvironmentException {
    try {
      return RunLedger.open(RunLedger.directory(), String.valueOf(directory.path().getFileName()));
    } catch (IOException e) {
      throw new EnvironmentException(
          "the ledger of what has to be cleaned up cannot be written: " + e,
          "Make "
              + RunLedger.directory()
              + " writable, or name another place with FAULTLINE_STATE.",
          e);
    }
  }

  /** Returns where the nodes keep their data. */
  static Path data(RunDirectory directory) {
    return directory.path().resolve("data");
  }

  /** What cannot be deleted does no harm, and must not hide the verdict. */
  void deleteData(RunDirectory directory) {
    try {
      FileTree.delete(data(directory));
    } catch (IOException e) {
      listener.phase("the nodes' data could not be deleted: " + e.getMessage());
    }
  }
}
