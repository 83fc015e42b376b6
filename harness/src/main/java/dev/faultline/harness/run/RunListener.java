package dev.faultline.harness.run;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Told how a run goes, for display. Called on the run's own thread: implementations are quick and
 * never throw.
 *
 * <p>Every method does nothing unless overridden.
 */
public interface RunListener {

  /** A listener that displays nothing. */
  RunListener SILENT = new RunListener() {};

  /** The run begins; everything that it leaves goes to {@code directory}. */
  default void started(Path directory) {}

  /** A new part of the run begins, such as {@code starting 5 nodes}. */
  default void phase(String what) {}

  /** Something happened that people should see: a fault struck, a leader took over. */
  default void event(Duration sinceStart, String what) {}

  /** How the run stands; called a few times a second. */
  default void progress(Standing standing) {}

  /** Nothing more will come. */
  default void ended() {}

  /**
   * How a run stands.
   *
   * @param sinceStart how long clients have been at work
   * @param planned how long they are going to be
   * @param ok operations that ended ok
   * @param fail operations that ended fail
   * @param info operations that ended info
   * @param activeFaults the faults that are active, for people; empty if there are none
   * @param leader the leader seen last and its term, for people
   */
  record Standing(
      Duration sinceStart,
      Duration planned,
      long ok,
      long fail,
      long info,
      String activeFaults,
      String leader) {}
}
