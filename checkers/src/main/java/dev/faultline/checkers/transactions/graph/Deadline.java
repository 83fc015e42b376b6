package dev.faultline.checkers.transactions.graph;

import org.jspecify.annotations.Nullable;

/** Says when a search has to stop. Looks at the clock each time: ask before work, not in it. */
public final class Deadline {

  private final long nanoTime;
  private final @Nullable Deadline whole;
  private boolean over;
  private boolean struck;

  /** Makes a deadline at {@code nanoTime} of {@link System#nanoTime}. */
  public Deadline(long nanoTime) {
    this(nanoTime, null);
  }

  private Deadline(long nanoTime, @Nullable Deadline whole) {
    this.nanoTime = nanoTime;
    this.whole = whole;
  }

  /** Returns a deadline when half of the time that is left will be over. */
  Deadline half() {
    long now = System.nanoTime();
    return new Deadline(now + (nanoTime - now) / 2, this);
  }

  /** Tells whether time is up, and who asks stops; once it is, it stays so. */
  public boolean isOver() {
    if (!over && System.nanoTime() - nanoTime > 0) {
      over = true;
      for (Deadline each = this; each != null; each = each.whole) {
        each.struck = true;
      }
    }
    return over;
  }

  /** Tells whether a search was made to stop, by this or by a part of it. */
  public boolean struck() {
    return struck;
  }
}
