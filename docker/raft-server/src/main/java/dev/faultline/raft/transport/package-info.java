/**
 * How nodes talk to each other: Raft's one-way messages over plain TCP.
 *
 * <h2>One way</h2>
 *
 * A node sends to peer {@code p} only over the connection that it dialled to {@code p}'s address,
 * so every directed link of the cluster is a connection of its own, and a proxy in front of that
 * address can cut, slow or break messages from one node to another while the other direction works.
 * On the way back the acceptor writes only the transport's own small answers (welcome, refusal,
 * pong), never a message of Raft's; when a link is cut both die with it, which is what the dialler
 * wants to know.
 *
 * <h2>Bytes</h2>
 *
 * <pre>
 * dialler    HELLO    magic 4  version 1  purpose 1  cluster 8  from  to
 * acceptor   ANSWER   magic 4  version 1  refusal 1 + text       (an empty text: welcome)
 * both       frame    length 4  crc 4  type 1  fields
 * </pre>
 *
 * The version in the handshake names the layout of all that follows; an acceptor that does not know
 * it refuses with a text that the dialler logs. The handshake also names the cluster and the node
 * that the dialler believes to reach, so that crossed wires are found before they do harm.
 *
 * <p>Frames carry a CRC32C although TCP has a checksum of its own. That one is 16 bits wide; and
 * this transport is made to be used through proxies that stall, cut and drop in the middle of a
 * stream: a stream that lost bytes must end as a closed connection, never as another message than
 * was sent. The length is checked against a limit before anything is allocated. The first bad frame
 * closes the connection: after it the stream means nothing.
 *
 * <h2>Never wait</h2>
 *
 * Consensus runs on one thread, and a stalled link must not hold it up, nor the other links. {@link
 * dev.faultline.raft.transport.PeerTransport#send} only puts the message into the peer's queue,
 * which is bounded in bytes and drops the newcomer when it is full: appends are pipelined, and a
 * prefix of a pipeline is of use to the follower where a suffix is not. A reserve is kept for small
 * messages, so that heartbeats and votes get past a backlog of entries. Messages that waited for a
 * second are dropped too: after a cut, old heartbeats are noise. Raft copes with all these losses.
 * A virtual thread for each peer dials, encodes and writes, as much in one write as is there.
 *
 * <h2>Noticing silence</h2>
 *
 * A packet filter or a proxy may swallow bytes and leave the connection standing. So the dialler
 * sends a ping every 100 ms, the acceptor returns it, and if nothing came back for two seconds the
 * connection is closed and dialled anew, with 100 ms between attempts at most and a short limit on
 * each: TCP's own retransmissions back off exponentially and may be half a minute late when a link
 * heals; a fresh attempt is not. (Two seconds is beyond the election timeout: a link slower than
 * that is as good as dead for consensus, a faster one is not broken off.) The pings also give the
 * round-trip times that the metrics show.
 *
 * <p>A harness that wants to know whether a link works dials its address with {@link
 * dev.faultline.raft.transport.PeerProbe}: the same path, the same acceptor, a real answer.
 */
@NullMarked
package dev.faultline.raft.transport;

import org.jspecify.annotations.NullMarked;
