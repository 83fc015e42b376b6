package dev.faultline.checkers.faults;

import dev.faultline.checkers.json.Json;

/**
 * A point that a run reached.
 *
 * @param name {@code main, heal, recovered, final, end, exited}…
 * @param timeNanos when, in nanoseconds since the run began
 * @param event its index in the history
 * @param value the event's whole value
 */
public record Phase(String name, long timeNanos, int event, Json.Obj value) {

  /** Clients and faults run side by side. */
  public static final String MAIN = "main";

  /** All faults are being removed. */
  public static final String HEAL = "heal";

  /** The cluster was seen to have recovered. */
  public static final String RECOVERED = "recovered";

  /** Values are read a last time. */
  public static final String FINAL = "final";

  /** The run is over. */
  public static final String END = "end";

  /** A node ended that nobody asked to. */
  public static final String EXITED = "exited";
}
