/**
 * What breaks: faults, plans of faults, and the port that a cluster offers to be broken.
 *
 * <p>The faults that are active at a moment are a set; the state of every link and node follows
 * from the set alone ({@link dev.faultline.nemeses.Cluster} is then told the state, not the
 * change), so that overlapping faults compose and healing one never undoes another.
 */
@NullMarked
package dev.faultline.nemeses;

import org.jspecify.annotations.NullMarked;
