/**
 * Linearizability: did every operation seem to take effect at one instant between its invocation
 * and its completion?
 *
 * <p><b>Problem.</b> Given what concurrent clients saw, find an order of all operations that agrees
 * with real time (what completed before another was invoked comes first) and that the sequential
 * object, a {@link dev.faultline.checkers.linearizability.Model}, could have produced; or prove
 * that there is none (Herlihy &amp; Wing 1990). The problem is NP-complete (Gibbons &amp; Korach
 * 1997), and chaos tests make the hard instances: an operation whose answer was lost may take
 * effect at any later moment or never, so it stays concurrent with everything that follows.
 *
 * <p><b>What counts.</b> {@code ok} happened, with its result. {@code info} may take effect at any
 * moment after its invocation, once, or never. {@code fail} did not happen and is left out, with
 * one exception: a compare-and-set refused with code {@code compare-failed} observed that the value
 * was not the expected one at some moment of its interval. An indeterminate read constrains
 * nothing.
 *
 * <p><b>Search.</b> Histories are split by key, which loses nothing (P-compositionality: Horn &amp;
 * Kroening 2015). For one key the events are walked in order, and an operation is placed only when
 * it must be, at its completion (just-in-time linearization: Lowe 2017). A <em>configuration</em>
 * is the event reached, the state, and which of the operations in flight are already placed; at a
 * completion that is not yet placed the search branches over the operations in flight that may come
 * next, and it never visits a configuration twice (Wing &amp; Gong 1993 with Lowe's memo). Reaching
 * the end proves VALID; exhausting all configurations proves INVALID, and the furthest completion
 * reached is the operation that cannot be placed. Three reductions cut the tree without changing
 * the answer; tests hold each against a search without it:
 *
 * <ul>
 *   <li>an operation that never changes the state is placed at once where it fits: being a no-op it
 *       can be moved there from wherever else it fits;
 *   <li>of identical operations in flight the one that completes first goes first, and
 *       indeterminate ones by invocation: they could trade places;
 *   <li>for registers, an indeterminate write that nobody could have noticed is left out ({@link
 *       dev.faultline.checkers.linearizability.Unobserved}).
 * </ul>
 *
 * <p><b>Budget.</b> Time is looked at every 1,024 configurations, memory before the memo or the
 * stack grows. What does not fit is UNKNOWN, saying how far it came.
 *
 * <p><b>Evidence.</b> A violation is first cut off at the operation that cannot be placed, then
 * shrunk by delta debugging (Zeller &amp; Hildebrandt 2002) to the few operations that still have
 * no order. A write is removed only where no operation that is kept could have seen it, so that the
 * rest is not merely unexplained but refutes the whole history.
 *
 * <p><b>Example.</b> A register, at first null; time runs to the right:
 *
 * <pre>{@code
 * p0  |-- write 17 --|
 * p1                    |-- write 18 --|
 * p2                       |------------- read -> 18 --|
 * p3                                      |-- read -> 17 --|
 * }</pre>
 *
 * <p>At the completion of write 17 the search places it (state 17), at that of write 18 it places
 * that (state 18) and, at once, p2's read, which fits. At the completion of p3's read nothing is in
 * flight that could make the value 17. Going back, p2's read is in flight too when write 18
 * completes, but it changes nothing; there is no other branch, so the history is INVALID and p3's
 * read is the operation that cannot be placed. Shrinking drops p2's read. What is left is a stale
 * read of three operations: {@code process 3 read 17 at 12.402 s, 14 ms after write 18 had been
 * acknowledged}.
 */
@NullMarked
package dev.faultline.checkers.linearizability;

import org.jspecify.annotations.NullMarked;
