package dev.faultline.checkers.transactions;

import dev.faultline.checkers.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Values as one {@code long} each: small integers by themselves, all others by their place here.
 */
final class Values {

  private static final long OTHER = 1;

  private final Map<Json, Long> codes = new HashMap<>();
  private final List<Json> others = new ArrayList<>();

  long code(Json value) {
    if (value instanceof Json.Int(long number) && isSmall(number)) {
      return code(number);
    }
    return codes.computeIfAbsent(
        value,
        other -> {
          others.add(other);
          return (long) (others.size() - 1) << 1 | OTHER;
        });
  }

  /** Tells whether {@link #code(long)} may be asked for {@code number}. */
  static boolean isSmall(long number) {
    return number << 1 >> 1 == number;
  }

  static long code(long number) {
    return number << 1;
  }

  Json value(long code) {
    return (code & OTHER) == 0 ? Json.of(code >> 1) : others.get((int) (code >> 1));
  }
}
