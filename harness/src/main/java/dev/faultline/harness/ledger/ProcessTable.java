package dev.faultline.harness.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** What the operating system says of processes, ours or not. */
public final class ProcessTable {

  public static final boolean IS_MAC_OS =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");

  /** Start times are computed from the boot time, which a clock adjustment may move a little. */
  private static final long SAME_START_MILLIS = 2_000;

  private ProcessTable() {}

  /**
   * Tells whether the process that a ledger names by its id and start time, in that order, is still
   * there; not one that only has its id.
   */
  public static boolean lives(List<String> words) {
    if (words.size() < 2) {
      return false;
    }
    try {
      OptionalLong start = startTime(Long.parseLong(words.get(0)));
      return start.isPresent()
          && Math.abs(start.getAsLong() - Long.parseLong(words.get(1))) <= SAME_START_MILLIS;
    } catch (NumberFormatException _) {
      return false; // Torn when the harness was killed.
    }
  }

  /** Tells whether process {@code pid} is stopped by a signal, all of its threads included. */
  public static boolean isStopped(long pid) throws IOException {
    if (IS_MAC_OS) {
      Process ps = new ProcessBuilder("ps", "-o", "state=", "-p", Long.toString(pid)).start();
      return new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .strip()
          .startsWith("T");
    }
    try (var threads = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path thread : threads) {
        if (!isThreadStopped(thread)) {
          return false;
        }
      }
      return true;
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  private static boolean isThreadStopped(Path thread) throws IOException {
    try {
      // proc(5): pid (comm) state …; comm may hold spaces and parentheses, so look behind the last
      // one.
      String stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
      int state = stat.lastIndexOf(')') + 2;
      return state < stat.length() && stat.charAt(state) == 'T';
    } catch (NoSuchFileException _) {
      return true; // The thread ended between the listing and the look.
    }
  }

  /**
   * Returns when process {@code pid} was started, as a number that no other process with the same
   * id shares; empty if there is no such process.
   */
  public static OptionalLong startTime(long pid) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(handle -> handle.info().startInstant())
        .map(start -> OptionalLong.of(start.toEpochMilli()))
        .orElse(OptionalLong.empty());
  }
}
