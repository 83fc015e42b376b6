package dev.faultline.results.compare;

/**
 * What is told of a distribution of latencies. Durations are nanoseconds, each to three significant
 * digits; of no latencies at all everything is 0.
 *
 * @param count how many there are; in a corrected distribution, with those that were put in
 * @param p50Nanos the median
 * @param p90Nanos the 90th percentile
 * @param p99Nanos the 99th percentile
 * @param maxNanos the longest
 */
public record Quantiles(long count, long p50Nanos, long p90Nanos, long p99Nanos, long maxNanos) {}
