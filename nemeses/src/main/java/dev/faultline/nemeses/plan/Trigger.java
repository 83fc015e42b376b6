package dev.faultline.nemeses.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When a step of a plan begins. */
public sealed interface Trigger {

  /**
   * At a time.
   *
   * @param sinceBegin how long after the main phase's begin
   */
  record At(Duration sinceBegin) implements Trigger {}

  /**
   * After something was observed. The step begins once, after the first such event.
   *
   * @param event what must be observed
   * @param delay how long after the observation
   */
  record After(Event event, Duration delay) implements Trigger {}

  /** Something that can be observed while a plan runs. */
  sealed interface Event {}

  /** A node was seen to lead that did not when the plan began, or in another term. */
  record LeaderChanged() implements Event {}

  /**
   * A step's fault was put in place.
   *
   * @param step the step's id
   */
  record FaultStarted(String step) implements Event {}

  /**
   * A step's fault was taken away, or skipped.
   *
   * @param step the step's id
   */
  record FaultStopped(String step) implements Event {}

  /**
   * A node that had been killed was started again.
   *
   * @param node which node, or null for any
   */
  record NodeRestarted(@Nullable String node) implements Event {}
}
