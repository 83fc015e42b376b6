package dev.faultline.workloads.generator;

import dev.faultline.workloads.client.Operation;
import java.time.Duration;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/**
 * Decides what the threads of a run do next; an immutable value.
 *
 * <p>Asking changes nothing: {@link #next} returns what to do together with the generator to ask
 * from then on. Whoever drives a generator keeps to these rules, which every combinator relies on:
 *
 * <ul>
 *   <li>An invocation whose time has come is made, and the drive goes on with {@link
 *       Step.Emit#rest}.
 *   <li>An invocation that lies in the future is <em>not</em> made yet. The driver waits for its
 *       time or for an event, whichever is first, and then asks <em>the generator that it already
 *       had</em> again. An invocation that was thrown away so has no effect: it uses up no limit,
 *       no value, no turn.
 *   <li>{@link Step.Pending} means: nothing now. The driver goes on with its {@code rest} and asks
 *       again after the next event, and no later than at {@code untilNanos}.
 *   <li>{@link Step.Done} is final: the generator is not asked again.
 *   <li>Every invocation that was made, and every completion, is passed to {@link #update}, with
 *       the context as it stands after that event.
 * </ul>
 *
 * <p>All chance comes from {@link Context#random()}. Implementations must not read a clock, a
 * static, or anything else that another run with the same seed would not find the same.
 */
public interface Generator {

  /** Returns what to do next, seen from {@code context}. */
  Step next(Context context);

  /**
   * Returns the generator that goes on after {@code event} happened. Most generators do not care
   * and return themselves.
   */
  default Generator update(Context context, OperationEvent event) {
    return this;
  }

  /** Stops after {@code count} invocations. */
  default Generator limit(long count) {
    return new Limited(this, count);
  }

  /** Makes a single invocation. */
  default Generator once() {
    return limit(1);
  }

  /**
   * Ends {@code duration} after it was first asked, even while operations are under way or the
   * generator inside is pending.
   */
  default Generator timeLimit(Duration duration) {
    return new TimeLimited(this, duration.toNanos(), TimeLimited.NOT_STARTED);
  }

  /**
   * Spaces invocations at random, uniformly between nothing and twice the mean, so that {@code
   * perSecond} are made a second, over all threads together. A stretch in which nothing could be
   * invoked is not caught up with.
   */
  default Generator stagger(double perSecond) {
    return Paced.atRate(this, perSecond);
  }

  /** Leaves at least {@code gap} between one invocation and the next, over all threads together. */
  default Generator delay(Duration gap) {
    return Paced.withGap(this, gap.toNanos());
  }

  /** Starts again from the beginning whenever it is done, for ever. */
  default Generator repeat() {
    return new Repeated(this, this, Long.MAX_VALUE);
  }

  /** Goes through {@code times} times in all. */
  default Generator repeat(long times) {
    return new Repeated(this, this, times);
  }

  /** Goes on with {@code following} once this is done and every thread is idle. */
  default Generator then(Generator following) {
    return Generators.phases(this, following);
  }

  /** Waits until every thread is idle before it begins. */
  default Generator synchronize() {
    return new Synchronized(this);
  }

  /** Uses only the threads that {@code predicate} admits; done at once if there are none. */
  default Generator onThreads(IntPredicate predicate) {
    return new OnThreads(predicate, this);
  }

  /** Replaces every operation by what {@code function}, which must be pure, makes of it. */
  default Generator map(UnaryOperator<Operation> function) {
    return new Mapped(this, function);
  }

  /**
   * Invokes each operation again until it ends {@code ok}, at most {@code tries} times in all, with
   * at least {@code pause} between a failure and the next try. Several operations are under way at
   * once if there are threads for them; a retry may be made by another thread than the first try.
   */
  default Generator untilOk(int tries, Duration pause) {
    return UntilOk.of(this, tries, pause.toNanos());
  }
}
