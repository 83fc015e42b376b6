/**
 * Clusters of local processes, and everything that keeps them from outliving their run.
 *
 * <p>A node is a child process on 127.0.0.1 with a data directory and a log file of its own. Three
 * things end it, so that no run leaves a process behind however it ended: the cluster's {@code
 * close}; the end of the child's standard input and, on Linux, the parent-death signal, when the
 * harness dies; and the {@link dev.faultline.harness.ledger.OrphanSweeper} of the next run, which
 * reads the {@linkplain dev.faultline.harness.ledger.RunLedger ledgers} of harnesses that are dead.
 *
 * <p>Peers reach each other through one link proxy for each directed pair: node {@code n1} is told
 * that {@code n2} listens where the proxy of {@code n1->n2} listens. What a proxy does to that
 * connection is done to the messages from {@code n1} to {@code n2} and to nothing else, because a
 * node sends only over connections that it dialled.
 */
@NullMarked
package dev.faultline.harness.process;

import org.jspecify.annotations.NullMarked;
