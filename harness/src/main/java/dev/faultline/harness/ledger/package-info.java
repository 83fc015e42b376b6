/**
 * What a run has to take away again, kept on disk for the case that it cannot do so itself.
 *
 * <p><b>Problem.</b> A harness can be killed at any moment. What it had made by then (processes,
 * containers, networks, packet filters) would stay, disturb the next run, and nobody would know
 * whose it was.
 *
 * <p><b>Design.</b> Everything of that sort is written into the run's {@linkplain
 * dev.faultline.harness.ledger.RunLedger ledger} before it is made, with the harness's own process
 * id and start time. The {@linkplain dev.faultline.harness.ledger.OrphanSweeper sweeper} of the
 * next run reads the ledgers whose owner is dead and hands each line to the {@linkplain
 * dev.faultline.harness.ledger.Sweeper} that knows its kind. What does not stand in such a ledger
 * is never touched, so runs side by side never meet.
 *
 * <p><b>Example.</b>
 *
 * <pre>{@code
 * owner 4711 1795368489000
 * process 4720 1795368490120 n1
 * docker 2026-11-23T17-28-09Z-register
 * fault ActiveFault[id=f1, …]
 * }</pre>
 */
@NullMarked
package dev.faultline.harness.ledger;

import org.jspecify.annotations.NullMarked;
