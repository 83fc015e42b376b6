package dev.faultline.checkers.linearizability;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Threads that walk later stretches of a long history while its search is still in an earlier one.
 *
 * <p>Nobody knows which configurations the search will reach at the beginning of a stretch, so a
 * scout begins with a guess ({@link Pass#beginWithGuess}) and walks on into the following stretch.
 * What completes soon rules out most of what was guessed, and what was in flight at the beginning
 * has a place after a while; then search and scout carry along the same. When the search comes
 * there, it looks back for a place at which it had reached something as good as everything that the
 * scout went on from. Each configuration that the scout reached since is then truly reachable: what
 * was placed on the way can be placed in the same way from the better one. The search goes on from
 * where the scout stands. Where there is no such place, the scout was of no use.
 *
 * <p>What a scout reached is true, but it is less than the search would have reached there: a guess
 * takes for granted that whatever may have happened unseen was needed. Where the search comes to a
 * dead end behind a place at which it went on as a scout, it goes back to that place and walks the
 * stretch by itself.
 *
 * <p>So scouts can make an answer come sooner, but never make another one.
 */
final class Scouts implements AutoCloseable {

  /** How long all that was guessed is carried along; nearly always it is decided sooner. */
  private static final int SETTLING = 8 * Checkpoints.SPACING;

  /** More guesses than this are too many. */
  private static final int MOST_STATES = 256;

  private static final int NARROW = 4;

  /** What is harder than this is left to the search. */
  private static final int WIDER = 32;

  private final Timeline timeline;
  private final Layout layout;
  private final Reductions reductions;
  private final Meter meter;
  private final Limits limits;
  private final int overlap;
  private final @Nullable ExecutorService threads;
  private final Deque<Stretch> ahead = new ArrayDeque<>();

  /** Where the search went on as a scout, ascending, as far as it did not go back before that. */
  private final Deque<Integer> taken = new ArrayDeque<>();

  private volatile boolean stopped;

  /**
   * Sends scouts ahead.
   *
   * @param meter what the search counts with, whose limits are {@code limits}
   * @param helpers how many threads there are for scouts, and when they are of use
   */
  Scouts(
      Timeline timeline,
      Layout layout,
      Reductions reductions,
      Meter meter,
      Limits limits,
      Helpers helpers) {
    this.timeline = timeline;
    this.layout = layout;
    this.reductions = reductions;
    this.meter = meter;
    // Half of the memory stays for the search itself.
    this.limits =
        new Limits(limits.deadlineNanos(), limits.memoryBytes() / 2, limits.clock())
            .until(() -> stopped);
    overlap = helpers.overlap();
    int length = helpers.stretch(timeline.size());
    if (helpers.threads() == 0
        || !(timeline.operations.space() instanceof RegisterSpace space)
        || space.values() > MOST_STATES) {
      threads = null;
      return;
    }
    threads = helpers.pool().apply(helpers.threads());
    for (int from = length; from + overlap < timeline.size(); from += length) {
      int to = (int) Math.min((long) from + length + overlap, timeline.size());
      Stretch stretch = new Stretch(space, from, to);
      ahead.add(stretch);
      stretch.walked = threads.submit(stretch::scouted);
    }
  }

  /** Returns how far the search should walk before it calls {@link #meet}. */
  int meetingPlace() {
    return ahead.isEmpty() ? timeline.size() : ahead.getFirst().from + overlap;
  }

  /** Lets {@code proof}, which came to {@link #meetingPlace}, go on from where the scout stands. */
  void meet(Pass proof) {
    Stretch stretch = ahead.removeFirst();
    Pass scout = stretch.result();
    if (scout != null && scout.position() > proof.position()) {
      goOn(proof, scout, stretch.from);
    }
    stretch.close();
  }

  private void goOn(Pass proof, Pass scout, int from) {
    int place = proof.position() - Checkpoints.SPACING;
    while (place >= from && !proof.reaches(scout, place)) {
      place -= Checkpoints.SPACING;
    }
    if (place >= from) {
      proof.goOnAs(scout, place);
      taken.addLast(place);
    }
  }

  /** Takes note that the search went back to {@code position}, and walks again from there. */
  void wentBackTo(int position) {
    while (!taken.isEmpty() && taken.getLast() > position) {
      int _ = taken.removeLast();
    }
  }

  /**
   * Lets {@code proof} go back to where it stood by itself before it last went on as a scout, whose
   * guess may have left out what is needed later; false if it goes on as itself anyway.
   */
  boolean takeBack(Pass proof) {
    if (taken.isEmpty()) {
      return false;
    }
    proof.rewind(taken.removeLast() - Checkpoints.SPACING);
    return true;
  }

  /** Calls all scouts back and gives up what they found; false if there were none. */
  boolean dismiss() {
    boolean any = !ahead.isEmpty();
    stopped = true;
    for (Stretch stretch : ahead) {
      Pass _ = stretch.result();
      stretch.close();
    }
    ahead.clear();
    return any;
  }

  @Override
  public void close() {
    stopped = true;
    if (threads != null) {
      threads.close();
    }
  }

  /** One scout. */
  private final class Stretch {

    private final RegisterSpace space;
    private final int from;
    private final int to;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Meter counted = meter.beside(limits);
    private @Nullable Future<@Nullable Pass> walked;

    Stretch(RegisterSpace space, int from, int to) {
      this.space = space;
      this.from = from;
      this.to = to;
    }

    /** Returns where the scout came to; null if it did not even begin, and it will not any more. */
    @Nullable Pass result() {
      if (begun.compareAndSet(false, true) || walked == null) {
        return null; // Whoever waits can just as well walk.
      }
      try {
        return walked.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while searching", e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof OutOfMemoryError) {
          return null; // What the scout took is garbage by now.
        }
        throw new IllegalStateException("a scout failed: " + e.getCause(), e.getCause());
      }
    }

    /** Walks the stretch, or as much of it as goes without much trouble. */
    private @Nullable Pass scouted() {
      if (stopped || !begun.compareAndSet(false, true)) {
        return null;
      }
      Pass pass = new Pass(timeline, layout, Pass.Policy.DROP, reductions, counted, null);
      try {
        pass.beginWithGuess(space, from);
        walk(pass);
        return pass;
      } catch (BudgetSpentException _) {
        return null;
      }
    }

    private void walk(Pass pass) {
      int wideUntil = from + SETTLING;
      int furthest = from;
      pass.setWidth(Math.max(NARROW, space.values()));
      while (pass.position() < to) {
        boolean wide = pass.position() < wideUntil;
        Pass.Ending ending = pass.advance(wide ? Math.min(wideUntil, to) : to);
        if (ending == Pass.Ending.ARRIVED) {
          pass.setWidth(NARROW);
          continue;
        }
        int dead = pass.position();
        if (ending != Pass.Ending.DEAD || dead <= furthest) {
          pass.rewind(dead);
          break;
        }
        pass.rewind(dead - Checkpoints.SPACING);
        pass.setWidth(WIDER);
        furthest = dead;
        wideUntil = dead + Checkpoints.SPACING;
      }
    }

    private void close() {
      counted.close();
    }
  }
}
