package dev.faultline.workloads.generator;

/** A generator's answer to the question what to do next. */
public sealed interface Step {

  /** The only {@link Done}. */
  Done DONE = new Done();

  /**
   * Make this invocation, once its time has come.
   *
   * @param invocation what to invoke, on a thread that is free; its time may lie in the future
   * @param rest the generator to ask once the invocation was made
   */
  record Emit(Invocation invocation, Generator rest) implements Step {}

  /**
   * Nothing now.
   *
   * @param rest the generator to ask after the next event, or at {@code untilNanos} if nothing
   *     happens before
   * @param untilNanos when to ask again at the latest, in nanoseconds since the run began; {@link
   *     Long#MAX_VALUE} if only an event can change the answer
   */
  record Pending(Generator rest, long untilNanos) implements Step {

    /** Nothing until something happens. */
    public static Pending untilEvent(Generator rest) {
      return new Pending(rest, Long.MAX_VALUE);
    }
  }

  /** Nothing ever again. */
  record Done() implements Step {}
}
