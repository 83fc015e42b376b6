package dev.faultline.harness.bench;

import dev.faultline.checkers.json.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * An object that clients use one at a time: what they ask of it, and what it answers.
 *
 * <p>Values are never put in twice.
 */
interface SimulatedObject {

  /**
   * What a client asks.
   *
   * @param f the function
   * @param argument its argument
   * @param losable whether the answer may be lost without the others waiting for ever
   */
  record Request(String f, Json argument, boolean losable) {}

  /** Returns what {@code thread} asks next. */
  Request next(int thread, SplittableRandom random);

  /** Performs {@code request}; returns the answer, or null if it has to wait. */
  @Nullable Json perform(Request request);

  /** Returns an answer that is wrong, given the true one; the true one if none is certain to be. */
  Json wrong(Request request, Json answer);

  /** Returns what the system tells beside an answer that was performed just now. */
  default Json.@Nullable Obj meta() {
    return null;
  }

  /** Returns the object that the model {@code name} describes. */
  static SimulatedObject of(String name) {
    return switch (name) {
      case "queue" -> new Row("enqueue", "dequeue", true);
      case "stack" -> new Row("push", "pop", false);
      case "mutex" -> new Lock(false);
      case "fenced-lock" -> new Lock(true);
      case "counter" -> new Count();
      case "set" -> new Elements();
      case "versioned-register" -> new Versions();
      case "etcd-kv" -> new Store();
      default -> throw new IllegalArgumentException("nothing simulates a " + name);
    };
  }

  /** A queue or a stack. */
  final class Row implements SimulatedObject {

    private static final int OLD = 64;

    private final String put;
    private final String take;
    private final boolean fromTheFront;
    private final Deque<Json> values = new ArrayDeque<>();
    private final Deque<Json> taken = new ArrayDeque<>();
    private long nextValue;

    Row(String put, String take, boolean fromTheFront) {
      this.put = put;
      this.take = take;
      this.fromTheFront = fromTheFront;
    }

    @Override
    public Request next(int thread, SplittableRandom random) {
      return random.nextBoolean()
          ? new Request(put, Json.of(nextValue++), true)
          : new Request(take, Json.NULL, true);
    }

    @Override
    public Json perform(Request request) {
      if (request.f().equals(put)) {
        values.addLast(request.argument());
        return request.argument();
      }
      Json value = fromTheFront ? values.pollFirst() : values.pollLast();
      if (value == null) {
        return Json.NULL;
      }
      taken.addLast(value);
      return value;
    }

    /** A value that was taken long ago is taken once more. */
    @Override
    public Json wrong(Request request, Json answer) {
      return request.f().equals(take) && taken.size() > OLD ? taken.getFirst() : answer;
    }
  }

  /** A lock; every thread acquires and releases it by turns. */
  final class Lock implements SimulatedObject {

    private final boolean fenced;
    private final List<Json> held = new ArrayList<>();
    private boolean free = true;
    private long token;

    Lock(boolean fenced) {
      this.fenced = fenced;
    }

    @Override
    public Request next(int thread, SplittableRandom random) {
      while (held.size() <= thread) {
        held.add(Json.NULL);
      }
      if (held.get(thread) instanceof Json.Null) {
        held.set(thread, Json.of(true));
        return new Request("acquire", Json.of((long) thread), false);
      }
      Json mine = held.set(thread, Json.NULL);
      return new Request("release", fenced ? mine : Json.NULL, true);
    }

    @Override
    public @Nullable Json perform(Request request) {
      if (request.f().equals("release")) {
        free = true;
        return Json.NULL;
      }
      if (!free) {
        return null;
      }
      free = false;
      token++;
      if (request.argument() instanceof Json.Int(long thread)) {
        held.set((int) thread, Json.of(token));
      }
      return fenced ? Json.of(token) : Json.NULL;
    }

    /** A token comes twice; without tokens two have the lock from now on. */
    @Override
    public Json wrong(Request request, Json answer) {
      if (!fenced && request.f().equals("acquire")) {
        free = true;
        return Json.of(true);
      }
      return answer instanceof Json.Int(long mine) && mine > 1 ? Json.of(mine - 1) : answer;
    }
  }

  /** A counter that goes up by one. */
  final class Count implements SimulatedObject {

    private static final int TOO_MANY = 1_000_000_000;

    private long count;

    @Override
    public Request next(int thread, SplittableRandom random) {
      return random.nextBoolean()
          ? new Request("add", Json.of(1), true)
          : new Request("read", Json.NULL, true);
    }

    @Override
    public Json perform(Request request) {
      if (request.f().equals("add")) {
        count++;
        return Json.NULL;
      }
      return Json.of(count);
    }

    @Override
    public Json wrong(Request request, Json answer) {
      return answer instanceof Json.Int(long seen) ? Json.of(seen + TOO_MANY) : answer;
    }
  }

  /** A set that only grows, and is read whole now and then. */
  final class Elements implements SimulatedObject {

    private static final int READ_EVERY = 5_000;

    private final Set<Json> elements = new LinkedHashSet<>();
    private long nextValue;

    @Override
    public Request next(int thread, SplittableRandom random) {
      if (random.nextInt(READ_EVERY) == 0) {
        return new Request("read", Json.NULL, true);
      }
      return random.nextBoolean()
          ? new Request("add", Json.of(nextValue++), true)
          : new Request("contains", Json.of(random.nextLong(nextValue + 1)), true);
    }

    @Override
    public Json perform(Request request) {
      return switch (request.f()) {
        case "add" -> {
          elements.add(request.argument());
          yield Json.NULL;
        }
        case "contains" -> Json.of(elements.contains(request.argument()));
        default -> new Json.Array(List.copyOf(elements));
      };
    }

    /** The first element is lost. */
    @Override
    public Json wrong(Request request, Json answer) {
      return answer instanceof Json.Array(List<Json> seen) && !seen.isEmpty()
          ? new Json.Array(seen.subList(1, seen.size()))
          : answer;
    }
  }

  /** A register that counts its writes. */
  final class Versions implements SimulatedObject {

    private long version;
    private Json value = Json.NULL;
    private long nextValue;

    @Override
    public Request next(int thread, SplittableRandom random) {
      return random.nextBoolean()
          ? new Request("write", Json.of(nextValue++ % 5), true)
          : new Request("read", Json.NULL, true);
    }

    @Override
    public Json perform(Request request) {
      if (request.f().equals("write")) {
        version++;
        value = request.argument();
      }
      return Json.array(Json.of(version), value);
    }

    /** An answer from the first version. */
    @Override
    public Json wrong(Request request, Json answer) {
      return request.f().equals("read") && version > 1
          ? Json.array(Json.of(1), Json.of(0))
          : answer;
    }
  }

  /** Three keys of etcd's store with its revision. */
  final class Store implements SimulatedObject {

    private static final int KEYS = 3;

    private final Json[] values = {Json.NULL, Json.NULL, Json.NULL};
    private long revision = 1;
    private long nextValue;

    @Override
    public Request next(int thread, SplittableRandom random) {
      Json key = Json.of((long) random.nextInt(KEYS));
      Json part =
          random.nextBoolean()
              ? Json.array(Json.of("put"), key, Json.of(nextValue++))
              : Json.array(Json.of("get"), key, Json.NULL);
      return new Request("txn", Json.array(part), true);
    }

    @Override
    public Json perform(Request request) {
      List<Json> part = part(request);
      int key = key(part);
      if (part.getFirst().equals(Json.of("put"))) {
        values[key] = part.get(2);
        revision++;
        return request.argument();
      }
      return read(part, values[key]);
    }

    @Override
    public Json.Obj meta() {
      return new Json.Obj(Map.of("revision", Json.of(revision)));
    }

    /** The key is gone. */
    @Override
    public Json wrong(Request request, Json answer) {
      List<Json> part = part(request);
      return part.getFirst().equals(Json.of("get")) && !answer.equals(read(part, Json.NULL))
          ? read(part, Json.NULL)
          : answer;
    }

    private static Json read(List<Json> part, Json value) {
      return Json.array(Json.array(part.getFirst(), part.get(1), value));
    }

    private static List<Json> part(Request request) {
      return ((Json.Array) ((Json.Array) request.argument()).values().getFirst()).values();
    }

    private static int key(List<Json> part) {
      return (int) ((Json.Int) part.get(1)).value();
    }
  }
}
