package dev.faultline.harness.cli;

import dev.faultline.harness.run.RunListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Shows progress as one block on a terminal, drawn again in place. */
final class LiveProgress implements RunListener {

  private static final int EVENTS_SHOWN = 6;
  private static final int BAR_WIDTH = 30;
  private static final int MOST_COLUMNS = 100;
  private static final String CLEAR_TO_END_OF_LINE = "\u001b[K";

  private final PrintWriter out;
  private final Deque<String> events = new ArrayDeque<>();
  private String phase = "";
  private String standing = "";
  private int linesDrawn;

  LiveProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void phase(String what) {
    phase = what;
    standing = "";
    draw();
  }

  @Override
  public void event(Duration sinceStart, String what) {
    if (events.size() == EVENTS_SHOWN) {
      events.removeFirst();
    }
    events.addLast(String.format(Locale.ROOT, "%7.1fs %s", sinceStart.toMillis() / 1e3, what));
    draw();
  }

  @Override
  public void progress(Standing now) {
    double share =
        Math.min(1, now.sinceStart().toMillis() / (double) Math.max(1, now.planned().toMillis()));
    int filled = (int) (share * BAR_WIDTH);
    standing =
        String.format(
            Locale.ROOT,
            "[%s%s] %d of %d s   ok %,d  fail %,d  info %,d   %s%s",
            "#".repeat(filled),
            "-".repeat(BAR_WIDTH - filled),
            now.sinceStart().toSeconds(),
            now.planned().toSeconds(),
            now.ok(),
            now.fail(),
            now.info(),
            now.leader(),
            now.activeFaults().isEmpty() ? "" : "   broken: " + now.activeFaults());
    draw();
  }

  @Override
  public void ended() {
    erase();
    out.flush();
  }

  private void draw() {
    erase();
    for (String event : events) {
      line(event);
    }
    line(phase);
    line(standing);
    out.flush();
  }

  private void line(String text) {
    String fitting = text.length() > MOST_COLUMNS ? text.substring(0, MOST_COLUMNS) : text;
    out.print(fitting + CLEAR_TO_END_OF_LINE + "\n");
    linesDrawn++;
  }

  private void erase() {
    if (linesDrawn > 0) {
      out.print("\u001b[" + linesDrawn + "A\u001b[J");
      linesDrawn = 0;
    }
  }
}
