/**
 * Pure, composable generators: what the threads of a run do, and when.
 *
 * <h2>The problem</h2>
 *
 * A test has to say: mix reads and writes on ten keys, two hundred operations to a key, a thousand
 * operations a second for a minute, then read everything once more when all is quiet; and some of
 * that depends on what came back. Written as loops in threads it cannot be repeated, cannot be
 * tested without a cluster, and one thread that hangs holds up the rest.
 *
 * <h2>The design</h2>
 *
 * As in Jepsen, a {@link dev.faultline.workloads.generator.Generator} is a value. Asked for the
 * {@link dev.faultline.workloads.generator.Generator#next next} step in a {@link
 * dev.faultline.workloads.generator.Context} (the time, the free threads, a source of chance) it
 * answers with an invocation, or that it waits, or that it is done; and with the generator that it
 * has become. Told of an event by {@code update}, it returns the generator that it has become.
 * Whoever drives it (the harness's interpreter; {@link
 * dev.faultline.workloads.generator.GeneratorSimulation} in tests) owns time and threads.
 *
 * <p>Two rules differ from Jepsen's. A generator that waits says until when at the latest, so that
 * its driver need not poll and a time limit ends on time whatever hangs. And an invocation in the
 * future is an offer: it is asked for again after every event, and the one thrown away had no
 * effect.
 *
 * <h2>A worked example</h2>
 *
 * <pre>{@code
 * Generator reads = Generators.draw(context -> new Operation.Read("x"));
 * Generator writes =
 *     Generators.draw(context -> new Operation.Write("x", context.random().nextInt(5)));
 *
 * Generator main =
 *     Generators.reserve(5, reads).rest(writes).stagger(1_000).timeLimit(Duration.ofMinutes(1));
 * Generator last = Generators.of(new Operation.Read("x")).untilOk(5, Duration.ofMillis(100));
 * Generator all = main.then(last);
 * }</pre>
 *
 * Five threads read, the others write, together a thousand times a second; after a minute, once the
 * last operation has ended, one read is tried until it succeeds.
 */
@NullMarked
package dev.faultline.workloads.generator;

import org.jspecify.annotations.NullMarked;
