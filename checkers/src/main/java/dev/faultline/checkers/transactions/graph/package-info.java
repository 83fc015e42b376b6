/**
 * The graph of dependencies between transactions, and the search for cycles in it.
 *
 * <h2>The problem</h2>
 *
 * A history is serializable if and only if its dependencies have no cycle (Adya 1999); which weaker
 * models it still satisfies depends on what kinds of edges its cycles are made of. A component may
 * hold thousands of transactions and more simple cycles than atoms in the universe, so that looking
 * at cycles one by one must give up at some point.
 *
 * <h2>The design</h2>
 *
 * {@link dev.faultline.checkers.transactions.graph.DependencyGraph} keeps edges in compressed rows,
 * one byte of {@link dev.faultline.checkers.transactions.graph.Dependency} kinds for each. Real
 * time is not stored at all: the transactions that directly follow one in real time stand next to
 * each other in the order of invocations ({@link
 * dev.faultline.checkers.transactions.graph.RealTimeOrder}). Tarjan's algorithm, without recursion,
 * cuts the graph into components.
 *
 * <p>Within a component {@link dev.faultline.checkers.transactions.graph.CycleSearch} never
 * enumerates cycles. Whether there is one of a class is a question of reachability in the product
 * of the graph with a state of one bit (was the last edge an anti-dependency?): linear for all
 * classes but G-single, and for that 64 anti-dependencies are answered in one pass. Only then a
 * breadth-first search, bounded by the shortest cycle so far, finds the witness.
 *
 * <p>All passes over a component look at the clock ({@link
 * dev.faultline.checkers.transactions.graph.Deadline}) each 2,048 steps. One that must stop leaves
 * by an exception; the cycles found until then are reported.
 *
 * <p>Closed walks need not be simple cycles. Cut at a vertex that it visits twice, the shortest
 * closed walk without neighbouring anti-dependencies leaves a shorter such walk or a cycle of no
 * anti-dependency at all, which is G0 or G1c and found as such; so nothing is lost by reporting
 * simple cycles alone.
 *
 * <h2>A worked example</h2>
 *
 * T0 did not see what T1 appended to x (rw), T1 was over before T2 began (real time), and T2 did
 * append what T0 saw (wr): a cycle with one anti-dependency and one edge of real time, {@code
 * G-single-item-realtime}.
 */
@NullMarked
package dev.faultline.checkers.transactions.graph;

import org.jspecify.annotations.NullMarked;
