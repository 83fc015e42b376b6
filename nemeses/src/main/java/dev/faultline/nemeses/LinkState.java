package dev.faultline.nemeses;

import java.time.Duration;

/**
 * What a link does to messages: the sum of all active faults that touch it.
 *
 * @param cut whether nothing passes
 * @param latency how much later every message arrives
 * @param jitter how much that varies, to either side
 * @param stallProbability the share of moments at which the stream stalls for {@code stall}, 0 to 1
 * @param stall how long a stall lasts, as long as a retransmission would take
 * @param resetEvery how often connections are reset; zero for never
 * @param bytesPerSecond the bandwidth; 0 for unlimited
 */
public record LinkState(
    boolean cut,
    Duration latency,
    Duration jitter,
    double stallProbability,
    Duration stall,
    Duration resetEvery,
    long bytesPerSecond) {

  /** A link that nothing is wrong with. */
  public static final LinkState HEALTHY =
      new LinkState(false, Duration.ZERO, Duration.ZERO, 0, Duration.ZERO, Duration.ZERO, 0);
}
