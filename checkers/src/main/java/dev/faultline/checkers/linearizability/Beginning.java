package dev.faultline.checkers.linearizability;

import java.util.Arrays;

/**
 * Configurations from which a walk can begin in the middle of a register's history, without having
 * come there: one for each value.
 */
final class Beginning {

  private final RegisterSpace space;
  private final Timeline timeline;
  private final Layout layout;
  private final InFlight inFlight;
  private final long[] configuration;

  /** Prepares to begin where {@code inFlight} stands. */
  Beginning(RegisterSpace space, Timeline timeline, Layout layout, InFlight inFlight) {
    this.space = space;
    this.timeline = timeline;
    this.layout = layout;
    this.inFlight = inFlight;
    configuration = new long[layout.stride];
  }

  /**
   * Adds the best that there can be: nothing in flight has to be placed any more, everything may
   * be, and nothing without completion was used. Whatever was reached here, one of these is as
   * good; if all of them die, there is no order.
   */
  void addBest(Frontier frontier) {
    for (int value = 0; value < space.values(); value++) {
      begin(value);
      boolean _ = frontier.add(configuration);
    }
  }

  /**
   * Adds a guess of what may be reached: nothing in flight has its place yet, but everything
   * without completion was used.
   */
  void addGuess(Frontier frontier) {
    for (int value = 0; value < space.values(); value++) {
      begin(value);
      for (int i = 0; i < inFlight.count(); i++) {
        int operation = inFlight.operation(i);
        if (space.step(value, timeline.call(operation)) != value) {
          setSlot(layout.must, operation);
        }
      }
      for (int i = 0; i < timeline.classCalls.length; i++) {
        layout.use(configuration, i, inFlight.invoked(i));
      }
      boolean _ = frontier.add(configuration);
    }
  }

  private void begin(int value) {
    Arrays.fill(configuration, 0);
    configuration[0] = value;
    for (int i = 0; i < inFlight.count(); i++) {
      int operation = inFlight.operation(i);
      if (!space.isReadOnly(timeline.call(operation))) {
        setSlot(layout.may, operation);
      }
    }
  }

  private void setSlot(int words, int operation) {
    int slot = timeline.places[operation];
    configuration[words + (slot >> Layout.WORD_SHIFT)] |= 1L << slot;
  }
}
