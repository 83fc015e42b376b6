package dev.faultline.harness.bench;

import dev.faultline.checkers.history.Event;
import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.HistoryBuilder;
import dev.faultline.checkers.history.HistoryLines;
import dev.faultline.checkers.history.OperationError;
import dev.faultline.checkers.json.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes histories of simulated registers: linearizable by construction, or with one stale read.
 *
 * <p>Every process invokes, takes effect at a random moment and completes at a later one, without a
 * pause. An indeterminate operation takes effect at some later moment or never, and its process
 * goes on under another number. The same settings and seed make the same history.
 */
final class HistoryGenerator {

  /**
   * What is made.
   *
   * @param operations how many operations
   * @param processes how many processes at once
   * @param keys how many keys
   * @param values how many different values are written, or 0 if no two writes are alike
   * @param infos the share of indeterminate operations, from 0 to 1
   * @param staleAt where, from 0 to 1, a read returns what had been overwritten; none if negative
   * @param seed the seed
   */
  record Settings(
      int operations,
      int processes,
      int keys,
      int values,
      double infos,
      double staleAt,
      long seed) {}

  private static final int MEAN_NANOS = 50_000;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final OperationError LOST = new OperationError("timeout", "no answer", false);
  private static final OperationError MISMATCH =
      new OperationError("precondition", "another value was there", true);

  /** An operation under way; {@code applied} once it took effect. */
  private static final class Pending {
    final int process;
    final String f;
    final int key;
    final long expected;
    final long written;
    boolean applied;
    boolean refused;
    long seen = NOTHING;

    Pending(int process, String f, int key, long expected, long written) {
      this.process = process;
      this.f = f;
      this.key = key;
      this.expected = expected;
      this.written = written;
    }
  }

  private static final long NOTHING = -1;

  private final Settings settings;
  private final SplittableRandom random;
  private final Consumer<Event> sink;
  private final List<Pending> lost = new ArrayList<>();
  private final @Nullable Pending[] pending;
  private final long[] due;
  private final int[] process;
  private final long[] state;

  /** For the key that is spoilt: a value written once, and how far its spoiling has come. */
  private long spoiler = NOTHING;

  private long nextValue;
  private int invoked;
  private boolean overwritten;
  private boolean spoilt;

  private HistoryGenerator(Settings settings, Consumer<Event> sink) {
    this.settings = settings;
    this.sink = sink;
    random = new SplittableRandom(settings.seed());
    pending = new @Nullable Pending[settings.processes()];
    due = new long[settings.processes()];
    process = new int[settings.processes()];
    state = new long[settings.keys()];
    Arrays.fill(state, NOTHING);
    for (int i = 0; i < process.length; i++) {
      process[i] = i;
      due[i] = random.nextInt(MEAN_NANOS);
    }
  }

  /** Makes a history in memory. */
  static History generate(Settings settings) {
    HistoryBuilder builder = new HistoryBuilder();
    new HistoryGenerator(
            settings,
            event -> {
              var _ = builder.append(event);
            })
        .run();
    return builder.build();
  }

  /**
   * Writes a history, however long, to {@code file}, gzipped if its name ends with {@code .gz}.
   *
   * @return how many events it has
   * @throws IOException if it cannot be written
   */
  static int write(Settings settings, Path file) throws IOException {
    boolean gzipped = file.toString().endsWith(".gz");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES);
        EventWriter events =
            new EventWriter(gzipped ? new GZIPOutputStream(out, BUFFER_BYTES) : out)) {
      new HistoryGenerator(settings, events).run();
      return events.index;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Writes each event as a line. */
  private static final class EventWriter implements Consumer<Event>, AutoCloseable {
    private final OutputStream out;
    private final StringBuilder lines = new StringBuilder();
    private int index;

    EventWriter(OutputStream out) {
      this.out = out;
    }

    @Override
    public void accept(Event event) {
      HistoryLines.append(lines, index++, event);
      if (lines.length() >= BUFFER_BYTES) {
        try {
          flush();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    @Override
    public void close() throws IOException {
      try (out) {
        flush();
      }
    }

    private void flush() throws IOException {
      out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
      lines.setLength(0);
    }
  }

  private void run() {
    while (true) {
      int thread = earliest();
      Pending current = pending[thread];
      if (current == null) {
        if (invoked == settings.operations()) {
          due[thread] = Long.MAX_VALUE;
          if (Arrays.stream(due).allMatch(time -> time == Long.MAX_VALUE)) {
            return;
          }
          continue;
        }
        invoke(thread);
      } else if (random.nextDouble() < settings.infos() && mayBeLost(current)) {
        append(thread, current, EventType.INFO, Json.NULL, LOST);
        lost.add(current);
        process[thread] += settings.processes();
        pending[thread] = null;
      } else if (current.applied) {
        answer(thread, current);
      } else {
        apply(current);
      }
      due[thread] += 1 + random.nextInt(2 * MEAN_NANOS);
      applyLost();
    }
  }

  private boolean mayBeLost(Pending operation) {
    return !operation.applied && operation.written != spoiler;
  }

  private int earliest() {
    int earliest = 0;
    for (int i = 1; i < due.length; i++) {
      if (due[i] < due[earliest]) {
        earliest = i;
      }
    }
    return earliest;
  }

  private void invoke(int thread) {
    int key = random.nextInt(settings.keys());
    Pending operation =
        switch (random.nextInt(3)) {
          case 0 -> new Pending(process[thread], "read", key, 0, 0);
          case 1 -> new Pending(process[thread], "write", key, 0, value());
          default -> new Pending(process[thread], "cas", key, expected(key), value());
        };
    if (settings.staleAt() >= 0
        && spoiler == NOTHING
        && invoked >= settings.staleAt() * settings.operations() / 2
        && operation.f.equals("write")
        && key == 0) {
      spoiler = Long.MAX_VALUE >> 8;
      operation = new Pending(process[thread], "write", key, 0, spoiler);
    }
    Json argument =
        switch (operation.f) {
          case "read" -> Json.NULL;
          case "write" -> Json.of(operation.written);
          default -> Json.array(Json.of(operation.expected), Json.of(operation.written));
        };
    invoked++;
    pending[thread] = operation;
    append(thread, operation, EventType.INVOKE, argument, null);
  }

  private long value() {
    return settings.values() == 0 ? nextValue++ : random.nextInt(settings.values());
  }

  /** A value that a compare-and-set has some chance to find. */
  private long expected(int key) {
    return settings.values() == 0 ? Math.max(0, state[key]) : random.nextInt(settings.values());
  }

  private void apply(Pending operation) {
    operation.applied = true;
    operation.seen = state[operation.key];
    operation.refused = operation.f.equals("cas") && operation.expected != operation.seen;
    if (!operation.f.equals("read") && !operation.refused) {
      state[operation.key] = operation.written;
    }
  }

  private void applyLost() {
    if (!lost.isEmpty() && random.nextInt(20) == 0) {
      Pending late = lost.remove(random.nextInt(lost.size()));
      if (random.nextBoolean()) {
        apply(late);
      }
    }
  }

  private void answer(int thread, Pending operation) {
    if (operation.refused) {
      append(thread, operation, EventType.FAIL, Json.NULL, MISMATCH);
    } else if (operation.f.equals("read")) {
      append(thread, operation, EventType.OK, json(spoiledOr(operation)), null);
    } else {
      overwritten |= operation.key == 0 && operation.seen == spoiler && spoiler != NOTHING;
      append(thread, operation, EventType.OK, argument(operation), null);
    }
    pending[thread] = null;
  }

  /** Returns what a read answers: what it saw, or what was overwritten long before. */
  private long spoiledOr(Pending read) {
    boolean spoils =
        overwritten
            && !spoilt
            && read.key == 0
            && invoked >= settings.staleAt() * settings.operations();
    spoilt |= spoils;
    return spoils ? spoiler : read.seen;
  }

  private static Json argument(Pending operation) {
    return operation.f.equals("write")
        ? Json.of(operation.written)
        : Json.array(Json.of(operation.expected), Json.of(operation.written));
  }

  private static Json json(long value) {
    return value == NOTHING ? Json.NULL : Json.of(value);
  }

  private void append(
      int thread, Pending operation, EventType type, Json value, @Nullable OperationError error) {
    sink.accept(
        new Event(
            due[thread],
            operation.process,
            type,
            operation.f,
            settings.keys() == 1 ? null : "k" + operation.key,
            value,
            null,
            error,
            null));
  }
}
