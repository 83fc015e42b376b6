package dev.faultline.nemeses;

import java.time.Duration;

/**
 * What a link does to messages: the sum of all active faults that touch it. States with one ill
 * come from the factory methods, states with several from {@link #and}.
 *
 * @param cut whether nothing passes
 * @param latency how much later every message arrives
 * @param jitter how much that varies, to either side
 * @param stallProbability the share of moments at which the stream stalls for {@code stall}, 0 to 1
 * @param stall how long a stall lasts, as long as a retransmission would take
 * @param resetEvery how often connections are reset; zero for never
 * @param bytesPerSecond the bandwidth; 0 for unlimited
 * @param pieceBytes the average size of the pieces that data is cut into, each half as large again
 *     or half as small at most; 0 for uncut
 * @param pieceDelay the pause after each piece
 */
public record LinkState(
    boolean cut,
    Duration latency,
    Duration jitter,
    double stallProbability,
    Duration stall,
    Duration resetEvery,
    long bytesPerSecond,
    int pieceBytes,
    Duration pieceDelay) {

  /** A link that nothing is wrong with. */
  public static final LinkState HEALTHY =
      new LinkState(
          false,
          Duration.ZERO,
          Duration.ZERO,
          0,
          Duration.ZERO,
          Duration.ZERO,
          0,
          0,
          Duration.ZERO);

  /** A link over which nothing passes. */
  public static final LinkState CUT =
      new LinkState(
          true, Duration.ZERO, Duration.ZERO, 0, Duration.ZERO, Duration.ZERO, 0, 0, Duration.ZERO);

  /** A link on which every message arrives later, give or take {@code jitter}. */
  public static LinkState slow(Duration latency, Duration jitter) {
    return new LinkState(
        false, latency, jitter, 0, Duration.ZERO, Duration.ZERO, 0, 0, Duration.ZERO);
  }

  /**
   * A link that stalls for a share of the time, and is reset every so often if that is not zero.
   */
  public static LinkState lossy(double stallProbability, Duration stall, Duration resetEvery) {
    return new LinkState(
        false,
        Duration.ZERO,
        Duration.ZERO,
        stallProbability,
        stall,
        resetEvery,
        0,
        0,
        Duration.ZERO);
  }

  /** A link whose connections are reset every so often. */
  public static LinkState resetting(Duration every) {
    return lossy(0, Duration.ZERO, every);
  }

  /** A link of limited bandwidth. */
  public static LinkState narrow(long bytesPerSecond) {
    return new LinkState(
        false,
        Duration.ZERO,
        Duration.ZERO,
        0,
        Duration.ZERO,
        Duration.ZERO,
        bytesPerSecond,
        0,
        Duration.ZERO);
  }

  /** A link that delivers data in small pieces with a pause after each. */
  public static LinkState sliced(int pieceBytes, Duration pieceDelay) {
    return new LinkState(
        false,
        Duration.ZERO,
        Duration.ZERO,
        0,
        Duration.ZERO,
        Duration.ZERO,
        0,
        pieceBytes,
        pieceDelay);
  }

  /**
   * Returns the state of a link that suffers from this and from {@code other}: of every property
   * the worse one. That makes the operation commutative, associative and idempotent, with {@link
   * #HEALTHY} as its neutral element, so that the order in which faults come and go cannot matter.
   * Two delays do not add up: the longer one hides the shorter.
   */
  public LinkState and(LinkState other) {
    return new LinkState(
        cut || other.cut,
        longer(latency, other.latency),
        longer(jitter, other.jitter),
        Math.max(stallProbability, other.stallProbability),
        longer(stall, other.stall),
        moreOften(resetEvery, other.resetEvery),
        smaller(bytesPerSecond, other.bytesPerSecond),
        (int) smaller(pieceBytes, other.pieceBytes),
        longer(pieceDelay, other.pieceDelay));
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /** The shorter period, where zero stands for "never". */
  private static Duration moreOften(Duration a, Duration b) {
    if (a.isZero() || b.isZero()) {
      return longer(a, b);
    }
    return a.compareTo(b) <= 0 ? a : b;
  }

  /** The smaller number, where zero stands for "unlimited". */
  private static long smaller(long a, long b) {
    return a == 0 || b == 0 ? Math.max(a, b) : Math.min(a, b);
  }
}
