package dev.faultline.checkers.transactions;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What is wrong with a history itself, apart from what it shows of the system. */
final class Problems {

  private static final int SHOWN = 20;

  private final List<String> lines = new ArrayList<>();
  private int count;
  private boolean lostWrites;

  /** Notes a transaction that cannot be used; what it wrote is unknown from now on. */
  void unusable(int event, String problem) {
    lostWrites = true;
    add(event, problem);
  }

  /** Notes a problem of the line of {@code event}. */
  void add(int event, String problem) {
    count++;
    if (lines.size() < SHOWN) {
      lines.add(String.format(Locale.ROOT, "line %d: %s", event + 1, problem));
    }
  }

  /** Tells whether there may be writes that are not known. */
  boolean mayLackWrites() {
    return lostWrites;
  }

  int count() {
    return count;
  }

  List<String> lines() {
    return Collections.unmodifiableList(lines);
  }
}
