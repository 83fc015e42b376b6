/**
 * Known bugs of real systems, each as one small class that a server can be started with.
 *
 * <p><b>Problem.</b> A harness that reports no violation has shown something only if it would have
 * reported one. The way to know is to hand it a server that is wrong in a known way.
 *
 * <p><b>Design.</b> A deviation overrides one method of {@link dev.faultline.raft.core.RaftPolicy},
 * so that the server itself carries no bug, no switch and no name of one. {@link
 * dev.faultline.raft.deviation.Deviations} lists them with the public reports that they are
 * modelled on; the numbers are those of the catalogue of mutations that the detection table uses.
 * Each one has a scripted witness among the tests: a scenario that is safe with the plain policy
 * and shows the violation with the deviation.
 *
 * <p><b>Example.</b> {@code forget-vote}: n2 votes for n1 in term 5, restarts, and votes for n3 in
 * term 5; both lead term 5, and what one of them acknowledged is lost.
 */
@NullMarked
package dev.faultline.raft.deviation;

import org.jspecify.annotations.NullMarked;
