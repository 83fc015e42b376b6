/**
 * The etcd API on the wire: gRPC services that hand each call to {@link
 * dev.faultline.raft.etcd.EtcdService} and its answer back, and nothing else.
 *
 * <p>Handlers never block, so calls run on Netty's own threads (a direct executor): with few cores
 * a hand-over to another pool costs more than the handler. A call whose deadline has passed before
 * it was looked at is refused and never proposed; one that is cancelled later may still take
 * effect, and its answer goes nowhere.
 *
 * <p>What is not implemented (watches, leases, compaction, authentication, membership changes)
 * answers UNIMPLEMENTED, as generated services do by themselves.
 */
@NullMarked
package dev.faultline.raft.grpc;

import org.jspecify.annotations.NullMarked;
