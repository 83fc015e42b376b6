/**
 * Did a node complain in its log, or end without being asked to?
 *
 * <p>A panic, an exception with its stack trace or a line of level fatal does not prove a broken
 * promise (a killed node may log one in good order), so it is a warning, with its lines. A node
 * that exited unasked is a violation: systems must survive what the nemesis does to their
 * surroundings.
 *
 * <p>{@link dev.faultline.checkers.logs.LogsChecker} reads {@code logs/<node>/*.log} line by line.
 * Alarms that differ only in numbers, addresses and identifiers are one finding with a count, and
 * what is kept of them is bounded, because a crash loop can write gigabytes of the same trace.
 */
@NullMarked
package dev.faultline.checkers.logs;

import org.jspecify.annotations.NullMarked;
