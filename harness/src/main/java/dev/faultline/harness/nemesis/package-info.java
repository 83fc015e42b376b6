/**
 * Carries out a fault plan, and finds out whether it had any effect.
 *
 * <p><b>Problem.</b> A nemesis can fail in ways that nobody notices: the cut that a proxy confirmed
 * and that passes everything, the pause that hit a dead process, the kill that hung and took the
 * healing with it. A run whose faults did nothing is green and worthless; one whose faults were not
 * taken away is red and worthless.
 *
 * <p><b>Design.</b> {@link dev.faultline.harness.nemesis.PlanRunner} runs on the loop of the run
 * and never waits: every call to the cluster has a deadline, after which its answer no longer
 * counts. A step that strikes adds its fault to the set of active ones and one that stops takes it
 * out; what links and nodes must then be like is computed from the set ({@link
 * dev.faultline.nemeses.fault.ActiveFaults}), and keepers bring them there, one call after the
 * other for each node. That something changed is believed only when it was seen: by a probe over
 * the link, by the state of the process.
 *
 * <p><b>Example.</b> At 12 s {@code pause:leader} is due. All nodes are asked how they stand; n2
 * claims to lead in term 7 and n4 in term 6, so n2 it is. The ledger is told, the history gets
 * {@code start … "targets":["n2"],"effect":"pending"}, n2 is stopped, its process is seen to be
 * stopped: the fault is effective. At 15 s n2 goes on, is seen to run, and the history gets {@code
 * stop … "effect":"effective"}.
 */
@NullMarked
package dev.faultline.harness.nemesis;

import org.jspecify.annotations.NullMarked;
