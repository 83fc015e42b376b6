package dev.faultline.harness.ledger;

import dev.faultline.harness.nemesis.FaultLedger;
import dev.faultline.nemeses.fault.ActiveFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The list of what a run has to take away again: a text file for each harness process.
 *
 * <p>Its first line is {@code owner PID START}, where START tells {@linkplain ProcessTable#start
 * when the process was started}, so that a reused pid is never taken for ours. Every other line
 * begins with the kind of what it names; see {@link Sweeper}. The file is deleted when the run has
 * cleaned up. Safe for use by several threads.
 */
public final class RunLedger implements FaultLedger, AutoCloseable {

  private static final String SUFFIX = ".ledger";

  private final Path file;
  private final String id;
  private volatile boolean kept;

  private RunLedger(Path file, String id) {
    this.file = file;
    this.id = id;
  }

  /**
   * Returns the directory where the ledgers of this user's runs lie: {@code FAULTLINE_STATE} or
   * {@code XDG_STATE_HOME} if set, else {@code ~/.local/state/faultline}.
   */
  public static Path directory() {
    String own = System.getenv("FAULTLINE_STATE");
    if (own != null && !own.isBlank()) {
      return Path.of(own, "ledgers");
    }
    String xdg = System.getenv("XDG_STATE_HOME");
    Path base =
        xdg != null && !xdg.isBlank()
            ? Path.of(xdg)
            : Path.of(System.getProperty("user.home"), ".local", "state");
    return base.resolve("faultline").resolve("ledgers");
  }

  /** Opens the ledger of the run called {@code name} by this process in {@code directory}. */
  public static RunLedger open(Path directory, String name) throws IOException {
    Files.createDirectories(directory);
    ProcessHandle self = ProcessHandle.current();
    String id = self.pid() + "-" + name;
    Path file = directory.resolve(id + SUFFIX);
    String start = ProcessTable.start(self.pid()).orElse("0");
    Files.writeString(file, "owner " + self.pid() + " " + start + "\n");
    return new RunLedger(file, id);
  }

  /** Returns what tells this run apart from every other that goes on at the same time. */
  public String id() {
    return id;
  }

  /**
   * Notes something that this run has made or is about to make, as the {@link Sweeper} of its kind
   * reads it: what can be named beforehand is noted before it is made, all else right after.
   */
  public synchronized void note(String kind, String... words) throws IOException {
    append(kind + " " + String.join(" ", words));
  }

  /** Notes a fault before it strikes, for people who look at what a killed harness was doing. */
  @Override
  public void touching(ActiveFault fault) {
    appendRemark("fault " + fault);
  }

  @Override
  public void healed(String id) {
    appendRemark("healed " + id);
  }

  private synchronized void appendRemark(String line) {
    try {
      append(line);
    } catch (IOException e) {
      throw new UncheckedIOException("the ledger " + file + " cannot be written", e);
    }
  }

  private void append(String line) throws IOException {
    Files.write(file, (line + "\n").getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
  }

  /**
   * Keeps the file beyond {@link #close}, for the sweeper of the next run: something could not be
   * taken away.
   */
  public void keep() {
    kept = true;
  }

  /** Forgets the run, since everything in the ledger is taken away. */
  @Override
  public void close() throws IOException {
    if (!kept) {
      Files.deleteIfExists(file);
    }
  }

  static boolean isLedger(Path file) {
    return file.getFileName().toString().endsWith(SUFFIX);
  }
}
