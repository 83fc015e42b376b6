/**
 * Faults: what can be broken, and what the cluster looks like while it is.
 *
 * <p><b>Problem.</b> Faults overlap. If each one changed the cluster when it starts and changed it
 * back when it ends, the end of a slow link would also mend the partition that had come in between,
 * and a resumed node might have been killed meanwhile. Whoever has lost a night to a nemesis that
 * healed another one's fault knows how such a run looks: all green.
 *
 * <p><b>Design.</b> A {@link dev.faultline.nemeses.fault.Fault} is data with every random choice
 * made. When it strikes, the one thing that could not be known (who leads) is filled in, which
 * gives an {@link dev.faultline.nemeses.fault.ActiveFault}. {@link
 * dev.faultline.nemeses.fault.ActiveFaults} is the set of those, and the state of links and nodes
 * is a function of the set: nobody ever undoes anything, the set gets smaller and the state is
 * computed afresh.
 *
 * <p><b>Example.</b> n1 is killed from 1 s to 5 s and paused from 2 s to 8 s. The set says DOWN
 * from 1 s, still DOWN at 2 s, PAUSED from 5 s (it is started and stopped at once) and RUNNING from
 * 8 s.
 */
@NullMarked
package dev.faultline.nemeses.fault;

import org.jspecify.annotations.NullMarked;
