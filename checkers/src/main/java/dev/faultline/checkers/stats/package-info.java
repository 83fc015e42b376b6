/**
 * Counts what a history holds, and refuses to call a run that tested nothing a success.
 *
 * <p><b>Problem.</b> The easiest way to pass is to do nothing: a client that cannot connect, a
 * fault that was never applied, a cluster that served nobody. Every checker that looks for
 * contradictions is content with an empty history.
 *
 * <p><b>Design.</b> {@link dev.faultline.checkers.stats.StatsChecker} counts operations by function
 * and outcome and answers UNKNOWN, with the reason, if no operation succeeded at all, before the
 * first fault or after recovery; if a fault was ineffective; if a planned kind of fault never was
 * effective. A single function that never succeeded is only a warning: compare-and-sets may all be
 * refused in a healthy run, and failing the verdict for it makes flaky builds.
 *
 * <p><b>Example.</b> {@code no operation succeeded before the first fault (f1, kill) at 2.000 s}.
 */
@NullMarked
package dev.faultline.checkers.stats;

import org.jspecify.annotations.NullMarked;
