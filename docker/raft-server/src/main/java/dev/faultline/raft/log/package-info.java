/**
 * What a node must not forget: its term, its vote, its log and how often it was started.
 *
 * <h2>The problem</h2>
 *
 * Raft is safe only if what a node has promised survives the node (paper, figure 2: "updated on
 * stable storage before responding"). Three things make that harder than it sounds. A write is
 * durable only once {@code fsync} returned, and {@code fsync} is slow, so many promises must share
 * one. A machine may stop in the middle of a write, so the end of the log may be garbage, and that
 * is no damage: nobody was promised anything about it. And a disk may damage what <em>was</em>
 * promised; then a node that quietly cuts its log at the damage forgets acknowledged entries and
 * votes, which loses data of the whole cluster. The last two look alike, and must not be taken for
 * each other.
 *
 * <h2>The files</h2>
 *
 * A data directory holds {@code LOCK} and the segments {@code wal-0000000000000001.log} and so on.
 * A segment is a header and then <em>groups</em>. A group holds the records that became durable by
 * one {@code fsync}:
 *
 * <pre>
 * segment  magic 8  version 4  number 8  salt 8  crc 4
 * group    magic 4  length 4  body-crc 4  header-crc 4   body: record, record, ...
 * record   type 1  fields
 * </pre>
 *
 * Records are {@code BOOT} (node, incarnation), {@code HARD_STATE} (term, vote) and {@code ENTRY};
 * an entry replaces whatever the log had from its index on. Integers are big-endian, checksums are
 * CRC32C. The checksum of a group's header also covers the segment's random salt and the group's
 * offset, so that bytes which only look like a group (a client may store a copy of a log file as a
 * value) are never taken for one.
 *
 * <h2>Torn or corrupt</h2>
 *
 * The next group is written only after the one before is on the disk. So a bad group which a group
 * header follows was once durable: that is corruption, and the node refuses to start ({@link
 * dev.faultline.raft.log.CorruptLogException}). A bad group which nothing follows, in the last
 * segment, is a write that the crash interrupted, whatever order its pages reached the disk in; it
 * is cut off. This is why the checksum stands over the group and not over each record: within a
 * group the file system may persist the second record and lose the first. (Damage within the very
 * last group cannot be told from a torn write by any log that is a file; the rest of the cluster
 * holds what it acknowledged.) A new segment gets its name only when its head is durable, so that a
 * segment is never torn at the head; its first group repeats node, incarnation, term and vote, so
 * that older segments can one day be dropped.
 *
 * <h2>When the disk fails</h2>
 *
 * After a failed {@code fsync} nobody knows which pages reached the disk, and a second one may
 * report success for pages that were dropped (Rebello et al., "Can Applications Recover from fsync
 * Failures?", USENIX ATC 2020). So nothing is tried twice: the first error is final for this
 * process.
 *
 * <h2>Not here yet</h2>
 *
 * There are no snapshots: the log only grows, on disk and in memory.
 */
@NullMarked
package dev.faultline.raft.log;

import org.jspecify.annotations.NullMarked;
