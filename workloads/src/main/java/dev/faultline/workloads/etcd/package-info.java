/**
 * What the operations of a workload mean to a store that speaks etcd's v3 API, and what that
 * store's answers mean to a history. Nothing here knows gRPC, a socket or a thread.
 *
 * <p><b>The problem.</b> A history is only as honest as the sentence "this did not happen". A
 * client that reports a failure for a write which the cluster commits a moment later turns a
 * correct store into a violation; one that reports everything as unknown hides the violations that
 * are there. etcd answers with gRPC codes and English texts, and the same code ({@code
 * UNAVAILABLE}) covers both "I never looked at it" and "I proposed it and lost the leadership".
 *
 * <p><b>The design.</b> {@link dev.faultline.workloads.etcd.EtcdMapping} turns an operation into a
 * request and a reply into an outcome. Whatever did not end in a reply is a {@link
 * dev.faultline.workloads.etcd.CallFailure}, and {@link dev.faultline.workloads.etcd.ErrorTable},
 * which is data, says whether it is definite. The table is short on purpose: a failure is definite
 * only if a rule says why it must be; everything else is indefinite. A transport moves requests and
 * replies and decides nothing.
 *
 * <p><b>An example.</b> {@code cas k7 3 -> 5} becomes {@code Txn(VALUE(k7) = "3"; put k7 "5"; get
 * k7)}.
 *
 * <ul>
 *   <li>The reply {@code succeeded} at revision 41 is {@code ok [3,5]} with {@code
 *       {"revision":41}}.
 *   <li>The reply {@code refused}, with the value 4, is {@code fail} with code {@code
 *       compare-failed}: definite, and an observation too.
 *   <li>{@code UNAVAILABLE: etcdserver: leader changed} is {@code info}: the entry may be in the
 *       new leader's log.
 *   <li>A connection that was refused is {@code fail}: no byte of the request left the client.
 * </ul>
 */
@NullMarked
package dev.faultline.workloads.etcd;

import org.jspecify.annotations.NullMarked;
