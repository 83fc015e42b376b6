/**
 * One Raft node at work: the shell that gives the consensus core a disk, a network and the time.
 *
 * <h2>The problem</h2>
 *
 * The core ({@link dev.faultline.raft.core.RaftCore}) takes inputs and answers with effects; it has
 * no threads and waits for nothing. A server has a disk that takes milliseconds, peers that stall,
 * and clients by the thousand. The shell puts the two together so that the slow things never hold
 * up consensus and many requests share the price of one.
 *
 * <h2>The threads</h2>
 *
 * <pre>
 * clients, sockets --Intake--> raft loop --Persist--> disk thread --Persisted--> Intake
 *                              |-> PeerTransport (queues, one virtual thread a peer)
 *                              |-> state machine, waiting clients
 * </pre>
 *
 * <p>The <b>raft loop</b> alone touches the core and the state machine. It takes everything that
 * has come in, steps the core with all of it at once, and carries the effects out in their order.
 * While it works, more comes in: under load the batches grow by themselves, and with them the
 * append requests. The <b>disk thread</b> writes everything that waits with one {@code fsync} and
 * then says so; while it syncs, the next batch gathers (group commit). The core holds back whatever
 * depends on the disk until it hears that.
 *
 * <h2>What is bounded</h2>
 *
 * Proposals under way, in number and bytes (one too many is refused, definitely); reads under way;
 * bytes of messages that wait for the loop (then their senders are no longer read, and TCP slows
 * them); bytes that wait for a peer (then messages are dropped). The log itself is not bounded: it
 * is kept in memory as a whole until there are snapshots.
 *
 * <h2>When something breaks</h2>
 *
 * An error of the disk, a broken invariant or a state machine that throws leaves a node whose
 * promises can no longer be trusted. It answers nothing more and calls its {@link
 * dev.faultline.raft.node.FatalErrorHandler}, which is expected to end the process.
 *
 * <p>{@link dev.faultline.raft.node.RaftServer#start} puts all of it together; {@link
 * dev.faultline.raft.node.RaftNode} and {@link dev.faultline.raft.node.StateMachine} are the ports
 * to the API on one side and to the replicated data on the other.
 */
@NullMarked
package dev.faultline.raft.node;

import org.jspecify.annotations.NullMarked;
