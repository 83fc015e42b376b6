/**
 * The loop that everything in a run goes through, in real or in virtual time.
 *
 * <p>Operations, faults, probes, leader look-ups and recovery waits all are tasks of one {@link
 * dev.faultline.harness.loop.Scheduler}. One thread runs them one after the other, so that what
 * they share needs no locks, and what happened first is what ran first. Nothing may block in there:
 * whatever takes time is begun, and posts a task when it is finished.
 *
 * <p>{@link dev.faultline.harness.loop.RealScheduler} is that thread. {@link
 * dev.faultline.harness.loop.VirtualScheduler} runs the same tasks on the caller's thread, in time
 * that jumps from one to the next: a minute's run takes milliseconds, and twice the same run is
 * twice the same.
 *
 * <pre>{@code
 * VirtualScheduler scheduler = new VirtualScheduler();
 * scheduler.post(() -> scheduler.after(5_000_000_000L, () -> heal()));
 * scheduler.runUntilIdle(); // returns at once; it is 5 s later, and heal() was called
 * }</pre>
 */
@NullMarked
package dev.faultline.harness.loop;

import org.jspecify.annotations.NullMarked;
