package dev.faultline.harness.bench;

import dev.faultline.checkers.history.Event;
import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.HistoryBuilder;
import dev.faultline.checkers.history.OperationError;
import dev.faultline.checkers.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes histories of one {@link SimulatedObject}: linearizable by construction, or with one wrong
 * answer.
 *
 * <p>Every process invokes, takes effect at a random moment and completes at a later one, without a
 * pause. An operation whose answer is lost takes effect then or never, and its process goes on
 * under another number. The same settings and seed make the same history.
 */
final class ObjectHistories {

  /**
   * What is made.
   *
   * @param model the name of the object's model
   * @param operations how many operations
   * @param processes how many processes at once
   * @param infos the share of answers that are lost, from 0 to 1
   * @param wrongAt from where on, from 0 to 1, an answer is wrong; none if negative
   * @param seed the seed
   */
  record Settings(
      String model, int operations, int processes, double infos, double wrongAt, long seed) {}

  private static final int MEAN_NANOS = 50_000;
  private static final OperationError LOST = new OperationError("timeout", "no answer", false);

  /** An operation under way. */
  private static final class Pending {
    final SimulatedObject.Request request;
    @Nullable Json answer;
    Json.@Nullable Obj meta;

    Pending(SimulatedObject.Request request) {
      this.request = request;
    }
  }

  private final Settings settings;
  private final SplittableRandom random;
  private final SimulatedObject object;
  private final HistoryBuilder builder = new HistoryBuilder();
  private final List<@Nullable Pending> pending = new ArrayList<>();
  private final long[] due;
  private final int[] process;
  private int invoked;
  private int idle;
  private boolean spoilt;

  private ObjectHistories(Settings settings) {
    this.settings = settings;
    random = new SplittableRandom(settings.seed());
    object = SimulatedObject.of(settings.model());
    due = new long[settings.processes()];
    process = new int[settings.processes()];
    for (int i = 0; i < process.length; i++) {
      pending.add(null);
      process[i] = i;
      due[i] = random.nextInt(MEAN_NANOS);
    }
  }

  /** Makes a history. */
  static History generate(Settings settings) {
    ObjectHistories made = new ObjectHistories(settings);
    while (made.idle < made.process.length) {
      made.step();
    }
    return made.builder.build();
  }

  /** Lets the thread go on that is due first. */
  private void step() {
    int thread = 0;
    for (int i = 1; i < due.length; i++) {
      if (due[i] < due[thread]) {
        thread = i;
      }
    }
    Pending current = pending.get(thread);
    if (current == null) {
      invoke(thread);
    } else if (current.answer != null) {
      complete(thread, current, current.answer);
    } else {
      current.answer = object.perform(current.request);
      current.meta = object.meta();
      if (current.answer == null && invoked >= settings.operations()) {
        stop(thread); // Nobody will come any more to let it have its turn.
      }
    }
    if (due[thread] != Long.MAX_VALUE) {
      due[thread] += 1 + random.nextInt(2 * MEAN_NANOS);
    }
  }

  private void invoke(int thread) {
    if (invoked >= settings.operations()) {
      stop(thread);
      return;
    }
    invoked++;
    Pending added = new Pending(object.next(thread, random));
    pending.set(thread, added);
    append(thread, added, EventType.INVOKE, added.request.argument());
  }

  private void stop(int thread) {
    due[thread] = Long.MAX_VALUE;
    idle++;
  }

  private void complete(int thread, Pending current, Json answer) {
    pending.set(thread, null);
    if (current.request.losable() && random.nextDouble() < settings.infos()) {
      append(thread, current, EventType.INFO, Json.NULL);
      process[thread] += settings.processes();
      return;
    }
    Json told = answer;
    if (!spoilt
        && settings.wrongAt() >= 0
        && invoked >= settings.wrongAt() * settings.operations()) {
      told = object.wrong(current.request, answer);
      spoilt = !told.equals(answer);
    }
    append(thread, current, EventType.OK, told);
  }

  private void append(int thread, Pending operation, EventType type, Json value) {
    builder.append(
        new Event(
            due[thread],
            process[thread],
            type,
            operation.request.f(),
            null,
            value,
            null,
            type == EventType.INFO ? LOST : null,
            type == EventType.OK ? operation.meta : null));
  }
}
