package dev.faultline.checkers.logs;

import java.util.ArrayList;
import java.util.List;

/** Alarms of one node that say the same; the lines of the first are kept. */
final class AlarmGroup {

  private static final int LINES_KEPT = 12;

  private final String node;
  private final String place;
  private final List<String> lines = new ArrayList<>();
  private long count = 1;
  private boolean followed = true;

  AlarmGroup(String node, String place, String line) {
    this.node = node;
    this.place = place;
    lines.add(line);
  }

  void again() {
    count++;
    followed = false;
  }

  /** Adds a line of the first alarm's stack trace. */
  void follow(String line) {
    if (followed && lines.size() < LINES_KEPT) {
      lines.add(Alarm.bounded(line));
    }
  }

  String claim() {
    return node
        + " logged at "
        + place
        + (count == 1 ? "" : ", the first of " + count + " alike")
        + ": "
        + lines.getFirst().strip();
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
