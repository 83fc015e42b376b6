package dev.faultline.workloads.generator;

import dev.faultline.workloads.client.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where generators come from. Combinators that take one generator are methods of {@link Generator}.
 */
public final class Generators {

  private Generators() {}

  /** Returns a generator that is done. */
  public static Generator nothing() {
    return Nothing.INSTANCE;
  }

  /** Returns a generator of these operations, one after the other, each by any free thread. */
  public static Generator of(Operation... operations) {
    return new Listed(List.of(operations), 0);
  }

  /** Returns a generator of these operations, one after the other, each by any free thread. */
  public static Generator of(List<? extends Operation> operations) {
    return new Listed(List.copyOf(operations), 0);
  }

  /** Returns a generator that draws operations for ever, each for any free thread. */
  public static Generator draw(OperationSource source) {
    return new Drawn(source);
  }

  /** Goes on with the next part as soon as one is done, whether or not threads are idle. */
  public static Generator sequence(Generator... parts) {
    return Chain.of(List.of(parts));
  }

  /** Goes on with the next phase once one is done and every thread is idle. */
  public static Generator phases(Generator... phases) {
    List<Generator> parts = new ArrayList<>();
    for (Generator phase : phases) {
      parts.add(parts.isEmpty() ? phase : phase.synchronize());
    }
    return Chain.of(parts);
  }

  /** Chooses one of the parts at random for each operation, each equally often. */
  public static Generator mix(Generator... parts) {
    int[] weights = new int[parts.length];
    Arrays.fill(weights, 1);
    return Mix.of(weights, parts);
  }

  /**
   * Chooses one of the parts at random for each operation, in proportion to the weights. A part
   * that is pending does not hold up the others; one that is done is chosen no more.
   *
   * @param weights one for each part, at least 0
   */
  public static Generator mix(int[] weights, Generator... parts) {
    return Mix.of(weights.clone(), parts);
  }

  /** Takes whichever of the parts has the soonest invocation; done when all are. */
  public static Generator any(Generator... parts) {
    return Any.of(List.of(parts));
  }

  /** Takes an operation from each part in turn; done as soon as one of them is. */
  public static Generator flipFlop(Generator... parts) {
    return FlipFlop.of(List.of(parts));
  }

  /**
   * Keeps threads for some of the work: starts a {@link Reservation} of {@code threads} threads.
   */
  public static Reservation reserve(int threads, Generator generator) {
    return Reservation.of(threads, generator);
  }

  /** Lets every thread go through {@code generator} for itself. */
  public static Generator eachThread(Generator generator) {
    return new EachThread(generator, false);
  }

  /**
   * Lets every process go through {@code generator} for itself: a thread whose process was retired
   * begins again.
   */
  public static Generator eachProcess(Generator generator) {
    return new EachThread(generator, true);
  }

  /**
   * Divides the threads into {@code groups} groups, as equal as can be, and lets each work on a key
   * of its own. A group whose key's generator is done goes on to the next key at once, while other
   * operations on the old key may still be under way. For ever; see {@link Generator#timeLimit}.
   *
   * <p>A key's generator is asked only while its group has a free thread, and it is told of every
   * event of its group's threads, the late ones of the key before included.
   */
  public static Generator perKey(int groups, KeyedGenerator keys) {
    return perKey(groups, Long.MAX_VALUE, keys);
  }

  /** Like {@link #perKey(int, KeyedGenerator)}, and done after {@code keyCount} keys. */
  public static Generator perKey(int groups, long keyCount, KeyedGenerator keys) {
    return new PerKey.Unassigned(groups, keyCount, keys);
  }
}
