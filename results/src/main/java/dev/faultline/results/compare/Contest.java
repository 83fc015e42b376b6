package dev.faultline.results.compare;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Asks whether one of several systems was faster than all others, and only says so when chance is
 * no explanation.
 *
 * <p>One system counts as faster than another if its slowest occasion was shorter than the other's
 * fastest, if there were enough occasions that such a complete separation is unlikely without a
 * cause, and if the medians differ by more than can be measured. Of <i>n</i> and <i>m</i> occasions
 * that are all alike, a complete separation one way or the other comes up with probability 2 /
 * C(n+m, n): the exact two-sided permutation test, at its smallest value. It has to be below 5 %
 * divided by the number of questions asked (Bonferroni), so that many kinds of fault do not make a
 * winner by luck. The test takes occasions for independent, which those of one run are only
 * roughly: that is why it is asked of complete separation and nothing less.
 */
final class Contest {

  private static final double SIGNIFICANCE = 0.05;

  /**
   * One system in the contest.
   *
   * @param system its name
   * @param times how long it took, on each occasion
   */
  record Entrant(String system, TimeSpread times) {

    private long fastest() {
      return times.minNanos() == null ? Long.MAX_VALUE : times.minNanos();
    }

    private long slowest() {
      Long max = times.maxNanos();
      return max == null || times.never() > 0 ? Long.MAX_VALUE : max;
    }

    private long median() {
      return times.medianNanos() == null ? Long.MAX_VALUE : times.medianNanos();
    }
  }

  private final double significance;
  private final long resolutionNanos;

  /**
   * Creates a contest.
   *
   * @param questions how many questions are asked in all, at least 1
   * @param resolutionNanos differences up to this cannot be measured
   */
  Contest(int questions, long resolutionNanos) {
    this.significance = SIGNIFICANCE / questions;
    this.resolutionNanos = resolutionNanos;
  }

  /** Returns the one of {@code entrants} that was faster than every other, if there is one. */
  Optional<Entrant> winner(List<Entrant> entrants) {
    return entrants.stream()
        .min(Comparator.comparingLong(Entrant::median))
        .filter(best ->
            entrants.stream().allMatch(other -> other.equals(best) || isFaster(best, other)));
  }

  private boolean isFaster(Entrant a, Entrant b) {
    // Both may never have ended: then neither has a time to subtract.
    return a.slowest() < b.fastest()
        && b.median() - a.median() > resolutionNanos
        && chance(a.times().occasions(), b.times().occasions()) <= significance;
  }

  /** Returns how likely {@code n} and {@code m} occasions that are alike separate completely. */
  private static double chance(int n, int m) {
    double arrangements = 1;
    for (int i = 1; i <= n; i++) {
      arrangements *= (double) (m + i) / i;
    }
    return 2 / arrangements;
  }
}
