package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Several registers, each at first {@code initialValue}, read and written at once: {@code txn
 * [["r", k, null], ["w", k, v]]}, with reads filled in on completion; {@code read} and {@code
 * write} are understood for {@code r} and {@code w}.
 */
record MultiRegister(Json initialValue) implements Model<Map<Json, Json>> {

  private static final String TXN = "txn";
  private static final int PARTS = 3;

  @Override
  public String name() {
    return "multi-register";
  }

  @Override
  public Map<Json, Json> initial() {
    return Map.of();
  }

  @Override
  public @Nullable Map<Json, Json> step(Map<Json, Json> state, Call call) {
    Map<Json, Json> after = new HashMap<>(state);
    boolean told = call.answer() == Call.Answer.OK;
    for (Json part : parts(told ? call.result() : call.argument())) {
      List<Json> words = ((Json.Array) part).values();
      Json key = words.get(1);
      Json value = words.get(2);
      if (isWrite(words.getFirst())) {
        after.put(key, value);
      } else if (told && !after.getOrDefault(key, initialValue).equals(value)) {
        return null;
      }
    }
    return Map.copyOf(after);
  }

  @Override
  public boolean isReadOnly(Call call) {
    return parts(call.argument()).stream()
        .noneMatch(part -> isWrite(((Json.Array) part).values().getFirst()));
  }

  @Override
  public @Nullable Object part(Call call) {
    List<Json> keys =
        parts(call.argument()).stream()
            .map(part -> ((Json.Array) part).values().get(1))
            .distinct()
            .toList();
    return keys.size() == 1 ? keys.getFirst() : null;
  }

  @Override
  public @Nullable String problem(Call call) {
    if (!call.f().equals(TXN)) {
      return call.unknownTo(name());
    }
    if (!isFine(call.argument()) || (call.answer() == Call.Answer.OK && !isFine(call.result()))) {
      return "the value of a txn must be a list of [\"r\", key, value] and [\"w\", key, value], not "
          + JsonWriter.toString(call.argument());
    }
    return null;
  }

  private static boolean isFine(Json value) {
    return value instanceof Json.Array(List<Json> parts)
        && parts.stream()
            .allMatch(part ->
                part instanceof Json.Array(List<Json> words)
                    && words.size() == PARTS
                    && (isWrite(words.getFirst()) || isRead(words.getFirst())));
  }

  private static List<Json> parts(Json value) {
    return ((Json.Array) value).values();
  }

  private static boolean isWrite(Json word) {
    return word.equals(Json.of("w")) || word.equals(Json.of("write"));
  }

  private static boolean isRead(Json word) {
    return word.equals(Json.of("r")) || word.equals(Json.of("read"));
  }
}
