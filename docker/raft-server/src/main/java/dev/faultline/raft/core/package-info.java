/**
 * Raft's consensus, without I/O, clocks, threads or randomness of its own.
 *
 * <p><b>Problem.</b> A consensus implementation is wrong in the order of things: a vote that is
 * sent before it is on the disk, an acknowledgement that outlives the entry it was for, an answer
 * to an old heartbeat that is taken for one to a new read. Such orders are rare in a running server
 * and cannot be repeated there.
 *
 * <p><b>Design.</b> {@link dev.faultline.raft.core.RaftCore} is a state machine. It takes {@link
 * dev.faultline.raft.core.Input}s, together with the time and a random number, and answers with
 * {@link dev.faultline.raft.core.Effect}s that the shell around it carries out in order. The same
 * class runs in the server and in the simulator. The disk is asynchronous in this vocabulary: the
 * core asks for a write ({@code Persist}) and is told when it is done ({@code Persisted}). Until
 * then it keeps to itself whatever promises that the write is durable: votes and requests for votes
 * ({@code Replica}), acknowledgements ({@code Following}), its own copy of an entry ({@code
 * Leadership}). {@code Durability} knows which entries a finished write still stands for.
 *
 * <p>A step takes its inputs one after the other and then <em>concludes</em>, once: proposals and
 * reads go to the leader, a leader commits, confirms reads and sends, a follower acknowledges, what
 * changed goes to disk, what is committed is applied. So one conclusion serves many inputs, and
 * each rule stands in one place, rather than behind every message that may make it apply.
 *
 * <p>{@link dev.faultline.raft.core.RaftPolicy} holds the decisions that known bugs get wrong.
 *
 * <p><b>Example.</b> A put at a follower, n2, of a cluster led by n1:
 *
 * <pre>
 *   n2  Propose(7, cmd)          ->  Send(n1, ForwardProposal(cmd n2/1/7))
 *   n1  Receive(ForwardProposal) ->  Appended(#12), Send(n2, n3: AppendRequest #12), Persist(40, #12)
 *   n3  Receive(AppendRequest)   ->  Persist(31, #12)
 *   n3  Persisted(31)            ->  Send(n1, AppendResponse match 12)
 *   n1  Persisted(40)            ->  (its own copy counts now; one more is needed)
 *   n1  Receive(AppendResponse)  ->  Send(n2, n3: AppendRequest commit 12), Apply(#12)
 *   n2  Receive(AppendRequest)   ->  Apply(#12): the shell answers the client of proposal 7
 * </pre>
 */
@NullMarked
package dev.faultline.raft.core;

import org.jspecify.annotations.NullMarked;
