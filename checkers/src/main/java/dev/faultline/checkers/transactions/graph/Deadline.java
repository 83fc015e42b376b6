package dev.faultline.checkers.transactions.graph;

/** Says when a search has to stop. Looks at the clock only now and then. */
public final class Deadline {

  private static final int STEPS_BETWEEN_LOOKS = 256;

  private final long nanoTime;
  private int steps;
  private boolean over;

  /** Makes a deadline at {@code nanoTime} of {@link System#nanoTime}. */
  public Deadline(long nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Tells whether time is up; once it is, it stays so. */
  public boolean isOver() {
    if (!over && ++steps % STEPS_BETWEEN_LOOKS == 0) {
      over = System.nanoTime() - nanoTime > 0;
    }
    return over;
  }

  /** Tells whether a search was made to stop. */
  public boolean struck() {
    return over;
  }
}
