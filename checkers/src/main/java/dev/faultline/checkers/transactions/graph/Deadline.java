package dev.faultline.checkers.transactions.graph;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Says when a search has to stop. {@link #isOver} looks at the clock each time: ask it before work;
 * in work, {@link #check} after each small step. Not safe for use by several threads.
 */
public final class Deadline {

  /** How many small steps are taken between two looks at the clock: some tens of microseconds. */
  private static final int LOOK_MASK = (1 << 11) - 1;

  private final long nanoTime;
  private final LongSupplier clock;
  private final @Nullable Deadline whole;
  private boolean over;
  private boolean struck;
  private int steps;

  /** Makes a deadline at {@code nanoTime} of {@link System#nanoTime}. */
  public Deadline(long nanoTime) {
    this(nanoTime, System::nanoTime);
  }

  /** Makes a deadline at {@code nanoTime} of {@code clock}. */
  public Deadline(long nanoTime, LongSupplier clock) {
    this(nanoTime, clock, null);
  }

  private Deadline(long nanoTime, LongSupplier clock, @Nullable Deadline whole) {
    this.nanoTime = nanoTime;
    this.clock = clock;
    this.whole = whole;
  }

  /** Returns one that is never over, for what is so small that nobody needs to stop it. */
  public static Deadline never() {
    return new Deadline(0, () -> -1);
  }

  /** Returns a deadline when half of the time that is left will be over. */
  Deadline half() {
    long now = clock.getAsLong();
    return new Deadline(now + (nanoTime - now) / 2, clock, this);
  }

  /** Tells whether time is up, and who asks stops; once it is, it stays so. */
  public boolean isOver() {
    if (!over && clock.getAsLong() - nanoTime > 0) {
      over = true;
      for (Deadline each = this; each != null; each = each.whole) {
        each.struck = true;
      }
    }
    return over;
  }

  /**
   * Counts a small step, and looks at the clock after so many of them.
   *
   * @throws OutOfTimeException if time is up
   */
  public void check() {
    if ((++steps & LOOK_MASK) == 0 && isOver()) {
      throw new OutOfTimeException();
    }
  }

  /** Tells whether a search was made to stop, by this or by a part of it. */
  public boolean struck() {
    return struck;
  }
}
