/**
 * Scenarios: everything that a run can be told, in one flat list of words.
 *
 * <p>The same words are the keys of a scenario file and the options of the command line, read by
 * the same parsers: {@code duration: 30s} in a file is {@code --duration 30s} on the command line,
 * which wins. {@link dev.faultline.harness.scenario.ScenarioKey} is that list; {@link
 * dev.faultline.harness.scenario.Scenario} is what it resolves to, with nothing left open, the seed
 * included.
 */
@NullMarked
package dev.faultline.harness.scenario;

import org.jspecify.annotations.NullMarked;
