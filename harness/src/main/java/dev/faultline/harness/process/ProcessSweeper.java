package dev.faultline.harness.process;

import dev.faultline.harness.ledger.ProcessTable;
import dev.faultline.harness.ledger.RunLedger;
import dev.faultline.harness.ledger.Sweeper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends node processes that a killed harness has left, and no process that only has the same id. */
public final class ProcessSweeper implements Sweeper {

  private static final String KIND = "process";
  private static final long GONE_WITHIN_SECONDS = 10;

  /**
   * Notes that {@code process} belongs to a run. Call it before anything else is done with the
   * process.
   */
  static void note(RunLedger ledger, ProcessHandle process, String name) throws IOException {
    String start = ProcessTable.start(process.pid()).orElse("0");
    ledger.note(KIND, Long.toString(process.pid()), start, name);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public List<String> sweep(List<String> words) throws IOException {
    if (!ProcessTable.lives(words)) {
      return List.of();
    }
    long pid = Long.parseLong(words.get(0));
    String name = words.size() > 2 ? words.get(2) : "";
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    if (process.isPresent()) {
      end(process.get(), name);
    }
    return List.of(name + " (process " + pid + ")");
  }

  private static void end(ProcessHandle process, String name) throws IOException {
    process.destroyForcibly();
    try {
      process.onExit().get(GONE_WITHIN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while process " + process.pid() + " was ending", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(
          "process "
              + process.pid()
              + " ("
              + name
              + "), left by an earlier run, does not end; end it by hand",
          e);
    }
  }
}
