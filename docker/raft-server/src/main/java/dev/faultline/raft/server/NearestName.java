package dev.faultline.raft.server;

import static java.util.Comparator.comparingInt;

import java.util.Collection;
import java.util.Optional;

/** Guesses which name was meant by one that does not exist. */
final class NearestName {

  private final Collection<String> names;

  NearestName(Collection<String> names) {
    this.names = names;
  }

  /** Returns {@code "; did you mean X?"}, or nothing if no name is near. */
  String hint(String wrong) {
    return nearest(wrong).map(name -> "; did you mean " + name + "?").orElse("");
  }

  /** Returns the nearest name if at most a third of the letters have to change. */
  private Optional<String> nearest(String wrong) {
    return names.stream()
        .min(comparingInt(name -> distance(wrong, name)))
        .filter(name -> 3 * distance(wrong, name) <= Math.max(wrong.length(), name.length()));
  }

  /** Levenshtein's distance: how many letters must be put in, left out or exchanged. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int exchanged = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
