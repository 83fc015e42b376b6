/**
 * Did the cluster come back when everything was healed, and how soon after each fault?
 *
 * <p>A system may refuse service while it is broken, but not for ever afterwards. The run heals all
 * faults (phase {@code heal}) and waits until recovery is observed (phase {@code recovered}) or its
 * deadline passes. {@link dev.faultline.checkers.recovery.RecoveryChecker} is INVALID if the run
 * went on without recovery, UNKNOWN if the history ends before anyone could tell, as it does when
 * the harness is killed, and reports the availability around each fault on the way.
 */
@NullMarked
package dev.faultline.checkers.recovery;

import org.jspecify.annotations.NullMarked;
