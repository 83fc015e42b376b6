/**
 * Fault plans: what breaks when, drawn from a seed before a run starts, kept as a file, and run
 * again from it.
 *
 * <p><b>Problem.</b> If faults are chosen while a run goes on, their number and order depend on how
 * fast the system answers: a seed repeats nothing, two systems are not compared under the same
 * faults, and a failing run cannot be made smaller by leaving faults out.
 *
 * <p><b>Design.</b> {@link dev.faultline.nemeses.plan.PlanDrawer} draws a {@link
 * dev.faultline.nemeses.plan.FaultPlan}; {@link dev.faultline.nemeses.plan.PlanJson} writes and
 * reads it. Steps begin at a time or after something was observed, because rare bugs live in the
 * milliseconds after a change of leader, which no clock can be set for.
 *
 * <p><b>Example.</b>
 *
 * <pre>{@code
 * {"version": 1,
 *  "steps": [
 *    {"id": "f1", "at": "12s", "for": "6s",
 *     "fault": "partition:majorities-ring", "nodes": ["n3", "n1", "n5", "n2", "n4"]},
 *    {"id": "f2", "after": {"event": "leader-changed", "delay": "2ms"}, "for": "3s",
 *     "fault": "pause:leader"}]}
 * }</pre>
 */
@NullMarked
package dev.faultline.nemeses.plan;

import org.jspecify.annotations.NullMarked;
