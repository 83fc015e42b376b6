/**
 * Finds every anomaly of isolation in a history of transactions, and says which consistency models
 * it rules out.
 *
 * <h2>The problem</h2>
 *
 * Whether a history of transactions over registers is serializable is NP-complete (Papadimitriou
 * 1979). It is easy if one knows which write each read saw and in which order each key's versions
 * came. Kingsbury and Alvaro (Elle, VLDB 2020) choose the workload so that both can be read off:
 * lists to which unique elements are appended. A read of {@code [1 2 5]} names its writer, 5's, and
 * tells the order of three versions.
 *
 * <h2>The design</h2>
 *
 * <ol>
 *   <li>{@code TransactionReader} turns the history into columns, everything interned to numbers.
 *       Reads of lists are prefixes of one trunk a key, so that they are kept as a length.
 *   <li>What shows in one transaction or one key is found first: internal contradictions, reads of
 *       aborted, intermediate and unwritten values, lists that branch, lost updates.
 *   <li>Version orders give dependencies: write after write (ww), read after write (wr), write
 *       after read (rw); the model at hand may add the order of processes or of real time.
 *   <li>{@link dev.faultline.checkers.transactions.graph} finds the components and which classes of
 *       cycles they have, with a shortest cycle of each.
 *   <li>{@link dev.faultline.checkers.transactions.models} says which models that rules out.
 * </ol>
 *
 * <p>For registers the order of versions comes from where it can: every version follows the initial
 * state; etcd tells the revision at which each version was made; and the user may vouch for single
 * keys. An assumption that one key refutes is not believed of the others; what the system told of
 * one key is doubted for that key alone. An edge that rests on such an order says which source it
 * has, and who shows it ({@code VersionStory}): "mod revision 7 &lt; 9", "linearizable keys: T1
 * completed 3 ms before T2 was invoked".
 *
 * <p>etcd's revisions number its transactions that write, over all keys. {@code meta.modRevision}
 * of a completion has one for each micro-operation, that of the version it wrote or saw; {@code
 * meta.revision}, from the header of the answer, stands for the writes where that is missing. All
 * that a transaction wrote has one revision, so that a transaction of unknown outcome, of which one
 * write was seen, has its place for every key that it wrote; a system that was seen to give one
 * transaction two revisions is not credited with this. Two revisions of one version, or two
 * versions of one key at one revision, are {@code cyclic-versions}.
 *
 * <p>Transactions of unknown outcome take part: one whose write was seen has committed. (To a model
 * that allows to read what was aborted it counts as committed.) Writes that nobody saw follow
 * everything that was seen, in no known order; a junction ({@code Crowd}) stands between them and
 * the reads of the last version known, lest each of these have an edge to each of those. What a
 * transaction of unknown outcome read is not believed: it may have been aborted.
 *
 * <p>A number and a text are two keys, however alike they are spelled, and are shown differently
 * where both occur.
 *
 * <p>What is malformed is reported, and never made into an anomaly. A transaction that cannot be
 * read may have written anything, so that reads of unknown values are not held against the system
 * then. A key to which one element was appended twice says nothing, and is left out.
 *
 * <p>It differs from Elle on purpose: a value that nobody wrote is an anomaly ({@code
 * garbage-read}); a list that is not there and an empty one are the same state; a register's value
 * that its reader writes only later is a future read there too; the order goes on across aborted
 * versions; a transaction that depends on nothing but itself tests nothing.
 *
 * <h2>A worked example</h2>
 *
 * <pre>{@code
 * T1: [append x 1] [r y nil]     ok
 * T2: [append y 1] [r x nil]     ok
 * T3: [r x [1]] [r y [1]]        ok
 * }</pre>
 *
 * T1 did not see T2's append to y, T2 did not see T1's to x: two neighbouring anti-dependencies,
 * {@code G2-item}, write skew. Not repeatable read, hence not serializable; snapshot isolation
 * allows it.
 *
 * <pre>{@code
 * CheckResult result =
 *     HistoryFile.open(Path.of("history.ndjson"))
 *         .check(new TransactionChecker(Workload.APPEND, TransactionOptions.standard()));
 * }</pre>
 */
@NullMarked
package dev.faultline.checkers.transactions;

import org.jspecify.annotations.NullMarked;
