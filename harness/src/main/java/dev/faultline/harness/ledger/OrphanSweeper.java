package dev.faultline.harness.ledger;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes away what harnesses that were killed have left behind.
 *
 * <p>It touches only what stands in the {@linkplain RunLedger ledger} of a harness that is dead, so
 * runs side by side never meet.
 */
public final class OrphanSweeper {

  private static final String OWNER = "owner";

  private final Path directory;
  private final Map<String, Sweeper> sweepers = new LinkedHashMap<>();

  /** Makes a sweeper of the ledgers in {@code directory}. */
  public OrphanSweeper(Path directory, List<Sweeper> sweepers) {
    this.directory = directory;
    sweepers.forEach(sweeper -> this.sweepers.put(sweeper.kind(), sweeper));
  }

  /**
   * Sweeps, and returns a line for each thing that was taken away.
   *
   * @throws IOException if something is left that cannot be taken away; everything was tried
   */
  public List<String> sweep() throws IOException {
    List<String> ended = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return ended;
    }
    IOException failure = null;
    try (DirectoryStream<Path> ledgers = Files.newDirectoryStream(directory, RunLedger::isLedger)) {
      for (Path ledger : ledgers) {
        try {
          sweepLedger(ledger, ended);
        } catch (IOException e) {
          failure = e;
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
    return ended;
  }

  private void sweepLedger(Path ledger, List<String> ended) throws IOException {
    List<List<String>> lines;
    try {
      lines =
          Files.readAllLines(ledger).stream().map(line -> List.of(line.split(" ", -1))).toList();
    } catch (NoSuchFileException _) {
      return; // Its owner, or another sweeper, was quicker.
    }
    if (lines.isEmpty() || lines.stream().anyMatch(OrphanSweeper::isLivingOwner)) {
      return;
    }
    if (sweepLines(lines, ended)) {
      Files.deleteIfExists(ledger);
    }
  }

  /** Tries every line, and tells whether nothing was left for later. */
  private boolean sweepLines(List<List<String>> lines, List<String> ended) throws IOException {
    Set<String> later = new LinkedHashSet<>();
    IOException failure = null;
    for (List<String> line : lines) {
      Sweeper sweeper = sweepers.get(line.getFirst());
      if (sweeper == null) {
        continue; // A remark, or torn when the harness was killed.
      }
      try {
        ended.addAll(sweeper.sweep(line.subList(1, line.size())));
      } catch (NotNow e) {
        later.add("left for later: " + e.getMessage());
      } catch (IOException e) {
        failure = e;
      } catch (RuntimeException e) {
        failure = new IOException(String.join(" ", line) + ": " + e, e);
      }
    }
    ended.addAll(later);
    if (failure != null) {
      throw failure;
    }
    return later.isEmpty();
  }

  private static boolean isLivingOwner(List<String> line) {
    return line.getFirst().equals(OWNER) && ProcessTable.lives(line.subList(1, line.size()));
  }
}
