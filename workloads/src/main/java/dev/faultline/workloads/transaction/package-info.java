/**
 * The transaction workloads: {@code append} to lists, {@code wr} of registers.
 *
 * <h2>The problem</h2>
 *
 * Isolation shows between keys: single keys may be linearizable while transactions over several are
 * not even serializable. To refute it a checker must know which write each read saw, and in which
 * order each key's versions came.
 *
 * <h2>The design</h2>
 *
 * After Elle (Kingsbury and Alvaro, VLDB 2020). Every transaction has one to four micro-operations
 * on a few keys. Values are unique within a key. With {@code append} a read sees the whole list,
 * and so the order of all that went before; with {@code wr} it is etcd's mod revisions that tell
 * it. A key that got its share of writes leaves the window and a fresh one takes its place: lists
 * stay short, and every key ends with reads of a state that no longer changes. Keys are drawn with
 * halving probability, so that one is fought over and others are nearly quiet.
 *
 * <p>With {@code -serializable-reads} reads may be answered from the state of any one node. Such a
 * system is serializable, for what is written is guarded, but it must not pass for strict
 * serializable: a test of the checker as much as of the system.
 *
 * <h2>A worked example</h2>
 *
 * Three keys in use, {@code t4 t5 t6}, eight writes a key: a transaction appends 3 to {@code t4},
 * reads {@code t6}, appends 4 to {@code t4}. Once {@code t4} got its eighth element, {@code t7}
 * takes its place.
 */
@NullMarked
package dev.faultline.workloads.transaction;

import org.jspecify.annotations.NullMarked;
