package dev.faultline.nemeses;

/** The condition a node was observed in. */
public enum NodeCondition {
  /** It runs. */
  RUNNING,
  /** It is stopped by a signal and will go on. */
  PAUSED,
  /** It was killed on purpose, or not started yet. */
  DOWN,
  /** It ended without being asked to. */
  EXITED
}
