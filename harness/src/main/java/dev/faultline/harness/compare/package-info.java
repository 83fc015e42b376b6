/**
 * Systems side by side: the same workload, the same fault plan, the same client, two systems or
 * more.
 *
 * <p>A round gives every system one run with the same seed, one after the other, so that what the
 * machine does meanwhile is spread over all of them: A, B, A, B… The plan is drawn from the seed
 * for what all of them can suffer, and is the same for all. What was found is put into one {@link
 * dev.faultline.results.compare.Comparison}, which is where figures are worked out and shown.
 */
@NullMarked
package dev.faultline.harness.compare;

import org.jspecify.annotations.NullMarked;
