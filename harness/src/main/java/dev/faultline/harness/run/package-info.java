/**
 * The life of one run, from a resolved scenario to a verdict and an exit code.
 *
 * <p>Sweep what dead harnesses left, start the cluster, wait for an observed leader; then clients
 * and fault plan side by side; then heal everything, wait for <em>observed</em> recovery, read
 * every key once more through every node; stop, check, report. Everything between the start and the
 * stop of the cluster runs on one {@link dev.faultline.harness.loop.Scheduler}, and every step has
 * a deadline: a hung client, node or fault can never hang a run.
 */
@NullMarked
package dev.faultline.harness.run;

import org.jspecify.annotations.NullMarked;
