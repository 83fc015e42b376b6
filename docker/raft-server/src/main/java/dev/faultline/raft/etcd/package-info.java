/**
 * What etcd's v3 API means, apart from how it travels.
 *
 * <p><b>Problem.</b> The same semantics are needed twice: behind gRPC in the server, and in
 * simulation, where there are no sockets and no threads. So this package works on etcd's request
 * and response messages and on {@link dev.faultline.raft.node.RaftNode}, and knows nothing of gRPC.
 *
 * <p><b>Design.</b> A request goes through three hands:
 *
 * <ol>
 *   <li>{@link dev.faultline.raft.etcd.EtcdService} checks what can be checked by looking at the
 *       request alone, and decides the way: a write is proposed as a {@code Command}; a
 *       linearizable read waits for the node's ReadIndex; a serializable read does not wait.
 *   <li>{@link dev.faultline.raft.etcd.KvStateMachine} applies committed commands. Every node
 *       computes the same results in the same order, so whatever depends on the state (a
 *       comparison, a key that must exist) is decided here and not before.
 *   <li>{@code Executor} carries out one request on a view of the store, the same code for a
 *       command and for a read.
 * </ol>
 *
 * <p><b>Worked example.</b> {@code txn: if version(a) = 0 then put a 1 else get a}, sent to a
 * follower: checked, encoded as a command, proposed; the leader appends it, a majority stores it;
 * each node applies it, and where it was proposed, the stage completes with a response that carries
 * the revision of the write; the service adds cluster, member and term to the header.
 *
 * <p><b>Failures</b> are {@link dev.faultline.raft.etcd.EtcdError}s, with etcd's codes and texts.
 * An error is <em>definite</em> only if its code is not UNAVAILABLE: after UNAVAILABLE a write may
 * still take effect.
 */
@NullMarked
package dev.faultline.raft.etcd;

import org.jspecify.annotations.NullMarked;
