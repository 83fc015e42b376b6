package dev.faultline.harness.scenario;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that somebody may have meant. */
public final class Names {

  private Names() {}

  /**
   * Returns a clause to end an error message with: the nearest of {@code known} names, or all of
   * them.
   */
  public static String suggest(String unknown, Collection<String> known) {
    return nearest(unknown, known)
        .map(name -> "; did you mean '" + name + "'?")
        .orElseGet(() -> "; known: " + String.join(", ", known));
  }

  private static Optional<String> nearest(String unknown, Collection<String> known) {
    int farthest = Math.max(1, unknown.length() / 3);
    return known.stream()
        .filter(name -> distance(unknown, name) <= farthest || name.startsWith(unknown))
        .min(Comparator.comparingInt(name -> distance(unknown, name)));
  }

  /** The edit distance of Levenshtein (1966), by rows. */
  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int swap = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(swap, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
