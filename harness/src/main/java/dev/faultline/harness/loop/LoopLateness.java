package dev.faultline.harness.loop;

/**
 * How late a loop ran its timers. A large figure means that the harness was starved, and that what
 * clients saw at the time may be the harness's doing.
 *
 * @param timers how many timers ran
 * @param medianNanos half of them were this late at most, in nanoseconds
 * @param p99Nanos 99 % of them were this late at most
 * @param p999Nanos 99.9 % of them were this late at most
 * @param maxNanos the latest was this late
 */
public record LoopLateness(
    long timers, long medianNanos, long p99Nanos, long p999Nanos, long maxNanos) {}
