package dev.faultline.nemeses;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that somebody most likely meant when writing one that does not exist. */
public final class NearestName {

  private NearestName() {}

  /**
   * Returns the candidate with the smallest edit distance to {@code written} (insertions,
   * deletions, replacements and swapped neighbours count one each), or nothing if even that one is
   * too far away to be a slip of the finger.
   */
  public static Optional<String> of(String written, Collection<String> candidates) {
    return candidates.stream()
        .min(
            Comparator.<String>comparingInt(c -> distance(written, c))
                .thenComparing(Comparator.naturalOrder()))
        .filter(c -> distance(written, c) <= Math.max(1, Math.min(written.length(), 9) / 3));
  }

  /** Returns {@code "; did you mean X?"} for the nearest candidate, or an empty string. */
  public static String hint(String written, Collection<String> candidates) {
    return of(written, candidates).map(name -> "; did you mean '" + name + "'?").orElse("");
  }

  /** Optimal string alignment distance, with three rows of the dynamic programme kept. */
  private static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replace, 1 + Math.min(last[j], row[j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[b.length()];
  }
}
