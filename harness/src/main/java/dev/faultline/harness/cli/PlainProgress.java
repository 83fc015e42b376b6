package dev.faultline.harness.cli;

import dev.faultline.harness.run.RunListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Shows progress as lines that make sense in a log file. */
final class PlainProgress implements RunListener {

  private static final Duration EVERY = Duration.ofSeconds(10);

  private final PrintWriter out;
  private Duration nextLine = EVERY;

  PlainProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void phase(String what) {
    line("         " + what);
  }

  @Override
  public void event(Duration sinceStart, String what) {
    line(String.format(Locale.ROOT, "%7.1fs %s", seconds(sinceStart), what));
  }

  @Override
  public void progress(Standing standing) {
    if (standing.sinceStart().compareTo(nextLine) < 0) {
      return;
    }
    nextLine = standing.sinceStart().plus(EVERY);
    event(
        standing.sinceStart(),
        String.format(
            Locale.ROOT,
            "ok %,d  fail %,d  info %,d  %s",
            standing.ok(),
            standing.fail(),
            standing.info(),
            standing.leader()));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  private void line(String text) {
    out.println(text);
    out.flush();
  }
}
