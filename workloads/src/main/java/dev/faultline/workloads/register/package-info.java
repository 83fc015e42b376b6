/**
 * The register workload: reads, writes and compare-and-sets of single keys, which must be
 * linearizable.
 *
 * <h2>The problem</h2>
 *
 * Whether one register is linearizable can be told from its history alone, but the time that takes
 * grows with the number of operations and exponentially with how many are open at once; each whose
 * outcome nobody knows stays open to the end. One key hammered for a minute cannot be checked.
 *
 * <h2>The design</h2>
 *
 * A few keys are active at a time. A group of threads works on each, with a connection to every
 * node if the group is large enough, for some two hundred operations, and then goes on to a fresh
 * key. Half of a group only reads: writers that hang during a fault must not keep anyone from
 * seeing what the others see. The rest mix reads, writes and compare-and-sets; the latter mostly
 * expect the value that was seen last, so that a good part of them succeeds.
 *
 * <p>Values are unique by default. A read then names the write that it saw, which refutes more
 * histories than small values can, and faster.
 *
 * <p>After recovery every key that was used is read through every node, until that succeeds: a
 * write that was acknowledged and lost shows there at the latest.
 *
 * <h2>A worked example</h2>
 *
 * Five nodes, ten threads, two keys: threads 0 to 4 work on {@code k0}, of which 0 and 1 read only;
 * threads 5 to 9 on {@code k1}. Thread {@code t} speaks to node {@code t % 5}, so each key is used
 * through every node. When {@code k0} has had its 187 operations (each key between 180 and 200, so
 * that they do not all end together), its threads go on with {@code k2}.
 */
@NullMarked
package dev.faultline.workloads.register;

import org.jspecify.annotations.NullMarked;
