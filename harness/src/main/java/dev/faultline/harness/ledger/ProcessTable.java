package dev.faultline.harness.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** What the operating system says of processes, ours or not. */
public final class ProcessTable {

  public static final boolean IS_MAC_OS =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");

  /** Start times by the wall clock move a little when it is adjusted. */
  private static final long SAME_START_MILLIS = 2_000;

  /** Stands between a count of ticks and the id of a boot. */
  private static final String SINCE_BOOT = "@";

  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  /** Where the state and the start time are in proc(5)'s stat, counted behind the name. */
  private static final int STATE = 0;

  private static final int START_TICKS = 19;

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
      long pid = Long.parseLong(words.get(0));
      String start = words.get(1);
      if (start.contains(SINCE_BOOT)) {
        return start(pid).equals(Optional.of(start));
      }
      OptionalLong now = wallClockStart(pid);
      return now.isPresent()
          && Math.abs(now.getAsLong() - Long.parseLong(start)) <= SAME_START_MILLIS;
    } catch (NumberFormatException _) {
      return false; // Torn when the harness was killed.
    }
  }

  /** Tells whether process {@code pid} has ended, though its parent may not have looked yet. */
  public static boolean isGone(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty() || isZombie(pid);
  }

  private static boolean isZombie(long pid) {
    return stat(pid).filter(fields -> "Z".equals(fields[STATE])).isPresent();
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
   * Returns when process {@code pid} was started, as a word that no other process with the same id
   * shares; empty if there is no such process.
   *
   * <p>On Linux it is the count of clock ticks since the boot, and the boot's id: a time by the
   * wall clock is another one as soon as somebody sets the clock, and a living harness would be
   * taken for a dead one.
   */
  public static Optional<String> start(long pid) {
    Optional<String> boot = bootId();
    return boot.isPresent()
        ? stat(pid)
            .filter(fields -> fields.length > START_TICKS && !"Z".equals(fields[STATE]))
            .map(fields -> fields[START_TICKS] + SINCE_BOOT + boot.get())
        : wallClockStart(pid).stream().mapToObj(Long::toString).findFirst();
  }

  private static Optional<String> bootId() {
    try {
      return Optional.of(Files.readString(BOOT_ID).strip());
    } catch (IOException _) {
      return Optional.empty(); // Not Linux.
    }
  }

  /** Returns what proc(5) says of a process, behind its name, which may hold blanks. */
  private static Optional<String[]> stat(long pid) {
    try {
      String stat =
          Files.readString(
              Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
      return Optional.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static OptionalLong wallClockStart(long pid) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(handle -> handle.info().startInstant())
        .map(start -> OptionalLong.of(start.toEpochMilli()))
        .orElse(OptionalLong.empty());
  }
}
