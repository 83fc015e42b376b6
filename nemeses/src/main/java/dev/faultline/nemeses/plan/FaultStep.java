package dev.faultline.nemeses.plan;

import dev.faultline.nemeses.fault.Fault;
import java.time.Duration;

/**
 * One step of a plan.
 *
 * @param id its name within the plan
 * @param trigger when it begins
 * @param duration how long the fault stays, more than zero
 * @param fault what is broken
 */
public record FaultStep(String id, Trigger trigger, Duration duration, Fault fault) {}
