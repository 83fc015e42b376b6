package dev.faultline.checkers.history;

import dev.faultline.checkers.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps a value as one {@code long}, and only what does not fit as an object.
 *
 * <p>The two lowest bits say what the other 62 hold: a constant, an integer, a pair of 31-bit
 * integers (the argument of a compare-and-set), or the place of an object in the pool. Equal values
 * have equal codes.
 */
final class ValuePool {

  private static final int CONSTANT = 0;
  private static final int INTEGER = 1;
  private static final int PAIR = 2;
  private static final int POOLED = 3;
  private static final int TAG_BITS = 2;
  private static final int TAG_MASK = 3;

  private static final int HALF_BITS = 31;
  private static final long HALF_MASK = (1L << HALF_BITS) - 1;

  static final long NULL = 0;
  private static final long FALSE = 1L << TAG_BITS;
  private static final long TRUE = 2L << TAG_BITS;

  private final List<Json> pool = new ArrayList<>();
  private final Map<Json, Integer> places = new HashMap<>();

  long encode(Json value) {
    return switch (value) {
      case Json.Null() -> NULL;
      case Json.Bool(boolean bool) -> bool ? TRUE : FALSE;
      case Json.Int(long number) when fits(number, Long.SIZE - TAG_BITS) ->
          number << TAG_BITS | INTEGER;
      case Json.Array(List<Json> values)
          when values.size() == 2
              && values.get(0) instanceof Json.Int(long first)
              && values.get(1) instanceof Json.Int(long second)
              && fits(first, HALF_BITS)
              && fits(second, HALF_BITS) ->
          ((first & HALF_MASK) << HALF_BITS | (second & HALF_MASK)) << TAG_BITS | PAIR;
      default -> {
        Integer known = places.putIfAbsent(value, pool.size());
        if (known == null) {
          pool.add(value);
        }
        yield (long) (known == null ? pool.size() - 1 : known) << TAG_BITS | POOLED;
      }
    };
  }

  Json decode(long code) {
    long body = code >> TAG_BITS;
    return switch ((int) (code & TAG_MASK)) {
      case CONSTANT -> code == NULL ? Json.NULL : Json.of(code == TRUE);
      case INTEGER -> Json.of(body);
      case PAIR -> Json.array(Json.of(body >> HALF_BITS), Json.of(lowHalf(body)));
      default -> pool.get((int) body);
    };
  }

  /** Returns the lower half of a pair, with its sign. */
  private static long lowHalf(long body) {
    int shift = Long.SIZE - HALF_BITS;
    return (body << shift) >> shift;
  }

  private static boolean fits(long number, int bits) {
    return number >> (bits - 1) == number >> (Long.SIZE - 1);
  }
}
