/**
 * Benchmarks of the harness itself: how much of what a run shows is the harness's own doing.
 *
 * <p>{@link dev.faultline.harness.bench.InterpreterBenchmark} drives the interpreter against
 * clients that answer at once, through the real loop and with the history on disk, and beside it
 * the bare generator in simulated time, which is the most that any interpreter could reach. It
 * prints both rates and their ratio: the ratio says what the loop, the rules and the record cost,
 * and does not depend on the machine as the rates do.
 *
 * <p>{@link dev.faultline.harness.bench.CheckBenchmark} measures the linearizability checker on
 * generated histories whose verdict is known: of registers in many sizes, and of each other object.
 *
 * <pre>{@code
 * java -cp ... dev.faultline.harness.bench.InterpreterBenchmark
 * }</pre>
 */
@NullMarked
package dev.faultline.harness.bench;

import org.jspecify.annotations.NullMarked;
