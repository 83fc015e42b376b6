/**
 * Does what generators say, by way of clients, and records all of it.
 *
 * <h2>The problem</h2>
 *
 * A checker can only be as right as the history that it is given. If an operation is noted late,
 * two that overlapped seem to follow one another, and the system is accused of what it never did;
 * if its end is noted late, or a new operation is noted before an end that had already come, the
 * history shows concurrency that was not there and hides a real error. If an answer that never came
 * is noted as a failure, a write that took effect later is taken for a ghost. And one client that
 * hangs must not keep the others, or the end of the run, waiting.
 *
 * <h2>The design</h2>
 *
 * {@link dev.faultline.harness.interpreter.Interpreter} is a handful of rules over one loop:
 *
 * <ul>
 *   <li>An invocation is recorded before it is given to the client, and an ending after the client
 *       said so. Every invocation is a task of its own behind the endings that have arrived.
 *   <li>Thread {@code t} speaks to node {@code t % n}, through a client of its own that is opened
 *       beside the loop. If it cannot be opened in time the operation fails, which is certain since
 *       it was never sent (code {@code no-client}).
 *   <li>After an {@code info} the process is over: its operation may go on for ever, and a process
 *       does one thing at a time. The thread goes on as process {@code p + concurrency} with a
 *       fresh client.
 *   <li>Every operation has the harness's own deadline (code {@code harness-deadline}): {@code
 *       info}; or {@code fail} for a read, which has changed nothing. Then the process goes on, but
 *       with a fresh client, because the old one may be stuck. Whatever comes later is ignored.
 *   <li>A client that throws, or calls a write failed without proof, is defective: {@code info},
 *       counted, and told at the end (code {@code client-defect}).
 * </ul>
 *
 * {@link dev.faultline.harness.interpreter.HistoryRecorder} writes the history to disk as it comes.
 *
 * <h2>A worked example</h2>
 *
 * <pre>{@code
 * try (RealScheduler loop = RealScheduler.start("faultline-loop", defects);
 *     HistoryRecorder recorder = HistoryRecorder.create(file, HistoryLines::append, onFailure)) {
 *   Interpreter interpreter = new Interpreter(settings, loop, clients, recorder, random);
 *   interpreter.run(main)                              // while the cluster is being broken
 *       .thenCompose(result -> recovered(result))      // healed, and seen to have recovered
 *       .thenCompose(result -> {
 *         interpreter.renewClients();
 *         return interpreter.run(workload.finalPhase(nodes, result.keys()));
 *       });
 * }
 * }</pre>
 */
@NullMarked
package dev.faultline.harness.interpreter;

import org.jspecify.annotations.NullMarked;
