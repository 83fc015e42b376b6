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
 * one exception, for models that say so ({@link
 * dev.faultline.checkers.linearizability.Model#observesRefusals}): a compare-and-set refused with
 * code {@code compare-failed} observed that the value was not the expected one at some moment of
 * its interval. An indeterminate read constrains nothing.
 *
 * <p><b>Algorithms of one object</b> come first where there is one, because they take near-linear
 * time however many operations are in flight. Each is a {@link
 * dev.faultline.checkers.linearizability.Specialist} that its model names; each says ordered,
 * contradiction, or undecided, which hands on to the search. With n operations, of which p are in
 * flight at once:
 *
 * <ul>
 *   <li>a register whose values are written once: O(n log n), by its zones ({@link
 *       dev.faultline.checkers.linearizability.Zones}; Gibbons &amp; Korach 1997, extended to
 *       chains of compare-and-sets and to indeterminate writes);
 *   <li>a queue into which each value is put once: O(n log n) ({@link
 *       dev.faultline.checkers.linearizability.FifoOrder}; Henzinger, Sezgin &amp; Vafeiadis 2013,
 *       Bouajjani et al. 2015, Lee et al. 2025). Exact, save for takes that found nothing beside
 *       takes without an answer, where it may be undecided;
 *   <li>a stack of the same kind: O(n p log n) ({@link
 *       dev.faultline.checkers.linearizability.LifoOrder}; Emmi &amp; Enea 2018, Lee et al. 2025).
 *       Exact, save for takes without an answer, of which it may be undecided how they are spread;
 *   <li>a mutex: O(n log n), exact ({@link dev.faultline.checkers.linearizability.LockOrder});
 *   <li>a fenced lock: O(n log n), undecided if acquisitions without an answer matter ({@link
 *       dev.faultline.checkers.linearizability.FencedLockOrder});
 *   <li>a set that only grows, with reads of the whole: linear in what was read, exact ({@link
 *       dev.faultline.checkers.linearizability.SetOrder}). Other sets without such reads are
 *       searched element by element;
 *   <li>a counter that never goes down: O(n log n), refutes only ({@link
 *       dev.faultline.checkers.linearizability.CounterBounds});
 *   <li>a versioned register and etcd's store, by version and revision: O(n log n), refutes only
 *       ({@link dev.faultline.checkers.linearizability.PinnedOrder}).
 * </ul>
 *
 * <p>Queues and stacks check the order that they find before they believe it, so that a mistake of
 * theirs could cost time but not hide a violation; tests hold every one of these against all
 * permutations and against the search.
 *
 * <p><b>Search</b> decides the rest. Histories are split by key, which loses nothing
 * (P-compositionality: Horn &amp; Kroening 2015). For one key the events are walked in order, and
 * an operation is placed only when it must be, at its completion (just-in-time linearization: Lowe
 * 2017). What is carried along is a <em>frontier</em>: all configurations that some order of what
 * completed so far can have led to. A <em>configuration</em> is a state and, for each operation in
 * flight, whether it still <em>may</em> be used and whether it still <em>must</em> be; of the
 * indeterminate operations, how many of each kind were used. Five reductions keep frontiers small
 * without changing the answer; tests hold each against a search without it:
 *
 * <ul>
 *   <li>an operation that would not change the state loses its obligation on the spot, but may
 *       still be used later;
 *   <li>so does a blind one (a write) whenever something that overwrites it is placed: it can be
 *       put directly before that, where nobody sees it;
 *   <li>of operations with equal calls the one that completes first goes first: they could trade
 *       places. Indeterminate ones are only counted;
 *   <li>a configuration goes if another one of equal state may use all that it may, must use no
 *       more than it must, and used no more: whatever the one can still do, the other can too;
 *   <li>a register goes only to values that somebody still needs.
 * </ul>
 *
 * <p>Frontiers can still grow beyond all bounds; the problem is NP-complete. So two passes with a
 * bounded width share the work. One <em>drops</em> the configurations that have spent most: if it
 * arrives at the end, there is an order. Where it dies, the other one comes after it, which
 * <em>joins</em> configurations of equal state into one that is as good as both: if even that dies,
 * there is no order. With a register it begins shortly before, with the best that there can be
 * ({@link dev.faultline.checkers.linearizability.Beginning}), and only if that survives at the
 * beginning of the history. If that survives as well, both go back some way, with more width each
 * time, until one of them proves something. A width that was never exceeded proves either.
 *
 * <p><b>Threads.</b> Keys are checked in parallel. Within one key of a register with few values
 * other threads may walk later parts of the history, from a guess of what the first one will reach
 * there ({@link dev.faultline.checkers.linearizability.Scouts}). What they found counts if that
 * guess is confirmed, and is forgotten otherwise, and where it leads into a dead end: they never
 * change an answer.
 *
 * <p><b>Budget.</b> Time and memory are looked at every 16 configurations. What does not fit is
 * UNKNOWN, saying how far it came.
 *
 * <p><b>An order</b> is shown on request ({@link
 * dev.faultline.checkers.linearizability.ShownOrder}). Registers with unique values, locks, queues,
 * stacks and growing sets make one on the way to their answer; for counters, versioned registers,
 * etcd's store and everything that is searched, the search is made once more and remembers what it
 * placed. Whatever is shown was replayed through the model before.
 *
 * <p><b>Evidence.</b> A violation is first cut off at the operation that cannot be placed, then
 * shrunk by delta debugging (Zeller &amp; Hildebrandt 2002) to the few operations that still have
 * no order. In a long history of a register the latest operations are tried first, and
 * compare-and-sets are taken for plain writes, which asks less. A write is removed only where no
 * operation that is kept could have seen it, so that the rest is not merely unexplained but refutes
 * the whole history. The algorithms of single objects name the few operations themselves, and each
 * object has words of its own for what it did wrong.
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
 * <p>At the completion of write 17 the frontier is one configuration with state 17. At that of
 * write 18 it is one with state 18, and p2's read, which is in flight and fits, has no obligation
 * left. At the completion of p3's read that one must go to 17, and nothing in flight leads there:
 * the frontier dies, without ever having been thinned, so the history is INVALID and p3's read is
 * the operation that cannot be placed. Shrinking drops p2's read. What is left is a stale read of
 * three operations: {@code process 3 read 17 at 12.402 s, 14 ms after write 18 had been
 * acknowledged}.
 */
@NullMarked
package dev.faultline.checkers.linearizability;

import org.jspecify.annotations.NullMarked;
