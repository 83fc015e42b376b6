package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.linearizability.Checkpoints.Checkpoint;
import org.jspecify.annotations.Nullable;

/**
 * Walks a {@link Timeline} with a {@link Frontier}: all configurations that some order of what
 * completed so far can have led to, as far as the width allows.
 */
final class Pass {

  /** What to do with more configurations than the width allows. */
  enum Policy {
    /** Drop the least promising: whatever is reached is truly reached. */
    DROP,
    /** Join those that are alike: whatever dies is truly dead. */
    JOIN
  }

  /** How a walk ended. */
  enum Ending {
    ARRIVED,
    DEAD,
    /** There are too many different states to go on joining. */
    OVERFLOWED,
    OUT_OF_TIME,
    OUT_OF_MEMORY
  }

  /** How many events are passed between two looks at the clock. */
  private static final int FAR = 1 << 11;

  private final Timeline timeline;
  private final Layout layout;
  private final Policy policy;
  private final Reductions reductions;
  private final Meter meter;
  private final InFlight inFlight;
  private final Expansion expansion;
  private final Checkpoints checkpoints;

  private Frontier current;
  private Frontier spare;
  private int position;
  private int width;
  private boolean exact = true;
  private final long[] configuration;

  Pass(
      Timeline timeline,
      Layout layout,
      Policy policy,
      Reductions reductions,
      Meter meter,
      @Nullable Trail trail) {
    this.timeline = timeline;
    this.layout = layout;
    this.policy = policy;
    this.reductions = reductions;
    this.meter = meter;
    inFlight = new InFlight(timeline, layout.slotWords);
    expansion = new Expansion(timeline, layout, inFlight, policy, reductions, meter, trail);
    checkpoints = new Checkpoints(layout);
    current = new Frontier(layout, reductions.dominance());
    spare = new Frontier(layout, reductions.dominance());
    configuration = new long[layout.stride];
    boolean _ = current.add(configuration);
    meter.watch(this::bytes);
  }

  /** Where the walk stands; after {@link Ending#DEAD} the completion that could not be passed. */
  int position() {
    return position;
  }

  /** Tells whether nothing was dropped or joined on the way here. */
  boolean isExact() {
    return exact;
  }

  /**
   * Begins the walk anew at {@code place}, a multiple of {@link Checkpoints#SPACING}, with the best
   * that there can be ({@link Beginning#addBest}).
   */
  void beginWithBest(RegisterSpace space, int place) {
    beginAt(place);
    new Beginning(space, timeline, layout, inFlight).addBest(current);
  }

  /**
   * Begins the walk anew at {@code place}, a multiple of {@link Checkpoints#SPACING}, with a guess
   * ({@link Beginning#addGuess}). What follows only means something if another pass {@link
   * #reaches} this one.
   */
  void beginWithGuess(RegisterSpace space, int place) {
    beginAt(place);
    new Beginning(space, timeline, layout, inFlight).addGuess(current);
  }

  private void beginAt(int place) {
    checkpoints.beginAt(place);
    moveTo(place);
    exact = false;
    current = new Frontier(layout, reductions.dominance());
  }

  void setWidth(int width) {
    this.width = width;
    expansion.setWidth(width);
  }

  /** Sets whether the uses of operations without completion are counted, or unlimited. */
  void setCounting(boolean counting) {
    expansion.setCounting(counting);
  }

  /**
   * Goes on to just before {@code target}.
   *
   * @throws BudgetSpentException if the time is up while configurations are gone through
   */
  Ending advance(int target) {
    while (position < target) {
      if (position % Checkpoints.SPACING == 0) {
        keep();
      }
      int operation = timeline.operationAt(position);
      if (timeline.isCompletion(position)) {
        if (!complete(operation)) {
          return ending();
        }
      } else if (!timeline.isOpenEnded(operation)) {
        invoke(operation);
      }
      position++;
      inFlight.moveTo(position);
    }
    return Ending.ARRIVED;
  }

  private Ending ending() {
    if (meter.isSpent()) {
      return meter.outOfTime() ? Ending.OUT_OF_TIME : Ending.OUT_OF_MEMORY;
    }
    return expansion.isOverflowed() ? Ending.OVERFLOWED : Ending.DEAD;
  }

  /** Goes back to the last checkpoint at or before {@code target}, or to where the walk began. */
  void rewind(int target) {
    moveTo(checkpoints.placeBefore(target));
    Checkpoint checkpoint = checkpoints.at(position);
    exact = checkpoint.exact;
    long[] words = checkpoint.words;
    current = new Frontier(layout, reductions.dominance());
    for (int from = 0; from < words.length; from += layout.stride) {
      meter.look(from / layout.stride);
      System.arraycopy(words, from, configuration, 0, layout.stride);
      boolean _ = current.add(configuration);
    }
  }

  /**
   * Tells whether all that {@code ahead} had reached at {@code place}, and went on from, is truly
   * reached: this pass reached something as good. Both came past that place, a multiple of {@link
   * Checkpoints#SPACING}.
   */
  boolean reaches(Pass ahead, int place) {
    return checkpoints.areAsGoodAs(ahead.checkpoints, place);
  }

  /**
   * Goes on from where {@code ahead} stands, which must not walk any more, as though this pass had
   * come there itself.
   *
   * @param place where this one {@link #reaches} it
   */
  void goOnAs(Pass ahead, int place) {
    checkpoints.take(ahead.checkpoints, place, ahead.position);
    current = ahead.current;
    moveTo(ahead.position);
    exact = false;
  }

  /** Moves to {@code target}, looking at the clock on the way. */
  private void moveTo(int target) {
    int at = position;
    while (Math.abs(target - at) > FAR) {
      meter.check();
      at += target > at ? FAR : -FAR;
      inFlight.moveTo(at);
    }
    inFlight.moveTo(target);
    position = target;
  }

  /** Gives back all memory but that of the beginning, where this pass now stands. */
  void release() {
    rewind(0);
    checkpoints.keepOnlyFirst();
    spare = new Frontier(layout, reductions.dominance());
    expansion.release();
  }

  /** Returns where the trail of one configuration ends; one must be laid. */
  int anyTrail() {
    int alive = 0;
    while (!current.isAlive(alive)) {
      alive++;
    }
    return (int) current.words()[current.from(alive) + layout.width];
  }

  private void invoke(int operation) {
    int slot = timeline.places[operation];
    int word = slot >> Layout.WORD_SHIFT;
    int call = timeline.call(operation);
    StateSpace space = timeline.operations.space();
    boolean mayChange = !reductions.unchangingAtOnce() || !space.isReadOnly(call);
    long[] words = current.words();
    for (int i = 0; i < current.size(); i++) {
      meter.look(i);
      if (current.isAlive(i)) {
        int from = current.from(i);
        if (mayChange) {
          words[from + layout.may + word] |= 1L << slot;
        }
        int state = (int) words[from];
        if (!reductions.unchangingAtOnce() || space.step(state, call) != state) {
          words[from + layout.must + word] |= 1L << slot;
        }
      }
    }
  }

  /** Lets an operation complete; false if no configuration survives, or the budget is spent. */
  private boolean complete(int operation) {
    int slot = timeline.places[operation];
    if (isNothingToDo(slot)) {
      return meter.tick();
    }
    spare.clear();
    if (!expansion.complete(operation, current, spare)) {
      return false;
    }
    exact &= expansion.isExact();
    Frontier filled = spare;
    spare = current;
    current = filled;
    if (policy == Policy.DROP && current.alive() > width) {
      thin();
    }
    return current.alive() > 0;
  }

  /** Tells whether the operation in {@code slot} neither may nor must be used any more. */
  private boolean isNothingToDo(int slot) {
    int word = slot >> Layout.WORD_SHIFT;
    long bit = 1L << slot;
    long[] words = current.words();
    for (int i = 0; i < current.size(); i++) {
      meter.look(i);
      int from = current.from(i);
      if (current.isAlive(i)
          && ((words[from + layout.may + word] | words[from + layout.must + word]) & bit) != 0) {
        return false;
      }
    }
    return true;
  }

  private void thin() {
    exact = false;
    spare.clear();
    int chosen = 0;
    for (int index : new Selection(layout, current, inFlight, meter).best(width)) {
      meter.look(chosen++);
      current.get(index, configuration);
      boolean _ = spare.add(configuration);
    }
    Frontier thinned = spare;
    spare = current;
    current = thinned;
  }

  private void keep() {
    long[] words = new long[current.alive() * layout.stride];
    int to = 0;
    for (int i = 0; i < current.size(); i++) {
      meter.look(i);
      if (current.isAlive(i)) {
        System.arraycopy(current.words(), current.from(i), words, to, layout.stride);
        to += layout.stride;
      }
    }
    checkpoints.set(position, new Checkpoint(words, exact));
  }

  private long bytes() {
    return current.bytes() + spare.bytes() + expansion.bytes() + checkpoints.bytes();
  }
}
