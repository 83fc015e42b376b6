/**
 * The key-value store that the log is applied to: etcd's revisions, without gRPC and without
 * Protocol Buffers.
 *
 * <p><b>Problem.</b> One thread applies the log; many threads read. A reader must see the state
 * after some whole transaction, never the middle of one, and must not hold up the writer. And a
 * transaction must be computable without taking effect ({@link
 * dev.faultline.raft.node.StateMachine#preview}).
 *
 * <p><b>Design.</b> The state is a value. A {@link dev.faultline.raft.kv.KvSnapshot} is immutable:
 * a revision and a balanced search tree ({@link dev.faultline.raft.kv.KeyTree}) of which a write
 * copies the path from the root to the changed leaf, and shares the rest. A {@link
 * dev.faultline.raft.kv.KvTransaction} starts from a snapshot, sees its own writes, and ends in
 * another snapshot, which somebody publishes or throws away. So reading needs no lock, previewing
 * is a transaction whose end nobody publishes, and old revisions are old references.
 *
 * <p><b>Revisions</b> are etcd's. The empty store is at revision 1. A transaction that writes
 * raises the revision by one, however many keys it writes; one that writes nothing, or deletes what
 * is not there, leaves it. A key remembers the revision that created it, the one that last wrote
 * it, and how often it was written since its creation; deleting forgets all three, so that a key
 * written after its deletion is new again at version 1.
 *
 * <p><b>Worked example.</b>
 *
 * <pre>
 * store at revision 1
 * put a=1           revision 2   a: created 2, modified 2, version 1
 * put a=2, put b=1  revision 3   a: created 2, modified 3, version 2; b: created 3, modified 3, version 1
 * delete c          revision 3   nothing was there
 * delete a          revision 4
 * put a=3           revision 5   a: created 5, modified 5, version 1
 * </pre>
 *
 * <p>Only the newest revision can be read so far.
 */
@NullMarked
package dev.faultline.raft.kv;

import org.jspecify.annotations.NullMarked;
