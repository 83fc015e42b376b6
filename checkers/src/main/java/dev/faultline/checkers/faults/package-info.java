/**
 * What the nemesis did, read back from a history, and what it did to clients.
 *
 * <p><b>Format.</b> The nemesis writes three kinds of event. {@code start} when a fault begins to
 * be applied, {@code stop} when it was removed, paired by {@code id}:
 *
 * <pre>{@code
 * {"process":"nemesis","type":"info","f":"start","value":{"id":"f3","fault":"partition",
 *  "targets":["n1"],"effect":"pending","detail":"isolate n1 (leader)"}}
 * {"process":"nemesis","type":"info","f":"stop","value":{"id":"f3","fault":"partition",
 *  "targets":["n1"],"effect":"effective","detail":"isolate n1 (leader)"}}
 * }</pre>
 *
 * <p>and {@code phase}, which says where the run is: {@code main} (with {@code faults}, the kinds
 * that are planned), {@code heal}, {@code recovered}, {@code final}, {@code end}; and {@code
 * exited} (with {@code node} and {@code code}) when a node ended that nobody asked to.
 *
 * <p><b>Design.</b> {@link dev.faultline.checkers.faults.FaultWindows} reads those events once;
 * {@link dev.faultline.checkers.faults.Availability} counts what clients saw within a window and
 * how soon they were served after it. Members that are missing or of another type are taken as
 * absent, never as an error: a history by other hands is still worth checking.
 *
 * <p><b>Example.</b>
 *
 * <pre>{@code
 * FaultWindows faults = FaultWindows.of(history);
 * for (Availability seen : Availability.of(history, faults)) {
 *   seen.window().detail();      // isolate n1 (leader)
 *   seen.nanosToFirstOk();       // 1_900_000_000
 * }
 * }</pre>
 */
@NullMarked
package dev.faultline.checkers.faults;

import org.jspecify.annotations.NullMarked;
