package dev.faultline.workloads.generator;

import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.client.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Operations, each tried again until it succeeds. For the last reads of a run, not for its main
 * part: a change copies what is under way.
 *
 * @param inner the operations that were not tried yet
 * @param underWay attempts by the thread that makes them
 * @param failed attempts to repeat, oldest first
 */
record UntilOk(
    Generator inner,
    int tries,
    long pauseNanos,
    Map<Integer, Attempt> underWay,
    List<Attempt> failed)
    implements Generator {

  /** One of the tries of an operation, the {@code number}th, not to be made before a time. */
  record Attempt(Operation operation, int number, long notBeforeNanos) {}

  static UntilOk of(Generator inner, int tries, long pauseNanos) {
    if (tries < 1) {
      throw new IllegalArgumentException("tries must be at least 1, not " + tries);
    }
    return new UntilOk(inner, tries, pauseNanos, Map.of(), List.of());
  }

  @Override
  public Step next(Context context) {
    long now = context.nowNanos();
    if (context.free().isEmpty()) {
      return Step.Pending.untilEvent(this);
    }
    if (!failed.isEmpty() && failed.getFirst().notBeforeNanos() <= now) {
      return retry(context);
    }
    return switch (inner.next(context)) {
      case Step.Emit(Invocation invocation, Generator rest) -> {
        Attempt first = new Attempt(invocation.operation(), 1, now);
        yield new Step.Emit(invocation, starting(invocation.thread(), first, rest, failed));
      }
      case Step.Pending(Generator rest, long untilNanos) ->
          new Step.Pending(
              new UntilOk(rest, tries, pauseNanos, underWay, failed),
              failed.isEmpty()
                  ? untilNanos
                  : Math.min(untilNanos, failed.getFirst().notBeforeNanos()));
      case Step.Done done -> {
        if (!failed.isEmpty()) {
          yield new Step.Pending(this, failed.getFirst().notBeforeNanos());
        }
        yield underWay.isEmpty() ? done : Step.Pending.untilEvent(this);
      }
    };
  }

  @Override
  public Generator update(Context context, OperationEvent event) {
    Generator updated = inner.update(context, event);
    Attempt attempt = underWay.get(event.thread());
    if (attempt == null
        || !attempt.operation().equals(event.operation())
        || !(event instanceof OperationEvent.Completed completed)) {
      return Unchanged.is(inner, updated)
          ? this
          : new UntilOk(updated, tries, pauseNanos, underWay, failed);
    }
    Map<Integer, Attempt> left = new LinkedHashMap<>(underWay);
    left.remove(event.thread());
    List<Attempt> again = failed;
    if (!(completed.outcome() instanceof Outcome.Ok) && attempt.number() < tries) {
      again = new ArrayList<>(failed);
      again.add(
          new Attempt(attempt.operation(), attempt.number() + 1, event.timeNanos() + pauseNanos));
    }
    return new UntilOk(updated, tries, pauseNanos, left, again);
  }

  private Step retry(Context context) {
    Attempt attempt = failed.getFirst();
    int thread = context.free().any(context.random());
    return new Step.Emit(
        new Invocation(context.nowNanos(), thread, attempt.operation()),
        starting(thread, attempt, inner, failed.subList(1, failed.size())));
  }

  private UntilOk starting(int thread, Attempt attempt, Generator rest, List<Attempt> again) {
    Map<Integer, Attempt> next = new LinkedHashMap<>(underWay);
    next.put(thread, attempt);
    return new UntilOk(rest, tries, pauseNanos, next, List.copyOf(again));
  }
}
