package dev.faultline.nemeses.proxy;

/**
 * What a toxic does, with the names, units and meanings of Toxiproxy's documentation.
 *
 * @see <a href="https://github.com/Shopify/toxiproxy#toxics">Toxiproxy's list of toxics</a>
 */
sealed interface ToxicSettings {

  /**
   * Delays every chunk by {@code latency} plus or minus {@code jitter}, counted from its arrival.
   */
  record Latency(long latency, long jitter) implements ToxicSettings {}

  /** Lets at most {@code rate} kilobytes (of 1000 bytes) pass per second. */
  record Bandwidth(long rate) implements ToxicSettings {}

  /** Delays the closing of the connection by {@code delay} milliseconds. */
  record SlowClose(long delay) implements ToxicSettings {}

  /**
   * Drops all data, and closes the connection after {@code timeout} milliseconds in which none
   * came; never, if that is 0. Taking it away closes the connection: what was dropped would be
   * missed.
   */
  record Timeout(long timeout) implements ToxicSettings {}

  /** Resets the connection {@code timeout} milliseconds after the next data. */
  record ResetPeer(long timeout) implements ToxicSettings {}

  /**
   * Cuts data into pieces of {@code averageSize} bytes, give or take {@code sizeVariation}, and
   * waits {@code delay} microseconds after each.
   */
  record Slicer(long averageSize, long sizeVariation, long delay) implements ToxicSettings {}

  /** Closes the connection after {@code bytes} bytes. */
  record LimitData(long bytes) implements ToxicSettings {}
}
