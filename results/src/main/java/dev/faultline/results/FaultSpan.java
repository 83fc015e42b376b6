package dev.faultline.results;

import dev.faultline.checkers.history.Event;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One fault from its start to its end, as the nemesis recorded it.
 *
 * @param kind the kind of fault
 * @param detail what was done, in words; empty if the nemesis did not say
 * @param targets the nodes, or links written {@code n1->n2}, that it struck
 * @param startNanos when it began
 * @param stopNanos when it ended; {@link Long#MAX_VALUE} if the history does not tell
 */
record FaultSpan(
    String kind, String detail, List<String> targets, long startNanos, long stopNanos) {

  private static final Set<String> WITHOUT_EFFECT = Set.of("skipped", "ineffective");

  /** Returns the faults of {@code history} that struck, in the order in which they began. */
  static List<FaultSpan> of(History history) {
    Map<Json, FaultSpan> spans = new LinkedHashMap<>();
    for (int i = 0; i < history.size(); i++) {
      if (history.process(i) == Event.NEMESIS
          && history.value(i) instanceof Json.Obj(Map<String, Json> value)) {
        note(spans, history.f(i), history.timeNanos(i), value);
      }
    }
    return List.copyOf(spans.values());
  }

  private static void note(
      Map<Json, FaultSpan> spans, String f, long timeNanos, Map<String, Json> value) {
    Json id = value.getOrDefault("id", Json.NULL);
    boolean struck = !WITHOUT_EFFECT.contains(text(value.get("effect")));
    switch (f) {
      case "start" ->
          spans.put(
              id,
              new FaultSpan(
                  text(value.get("fault")),
                  text(value.get("detail")),
                  texts(value.get("targets")),
                  timeNanos,
                  Long.MAX_VALUE));
      case "stop" ->
          spans.computeIfPresent(id, (_, begun) -> struck ? begun.until(timeNanos) : null);
      default -> {
        // Phases begin and end no fault.
      }
    }
  }

  /** Tells whether this was active at any moment between two times. */
  boolean overlaps(long fromNanos, long toNanos) {
    return startNanos <= toNanos && fromNanos <= stopNanos;
  }

  /** Tells whether this struck {@code node}, or a link to or from it. */
  boolean strikes(@Nullable String node) {
    return node != null
        && targets.stream()
            .anyMatch(target ->
                target.equals(node)
                    || target.startsWith(node + "->")
                    || target.endsWith("->" + node));
  }

  /**
   * Returns what was done and since when: {@code isolate n4 (leader) from 11.9 s}. The words of the
   * nemesis are taken as they are; without any, kind and targets have to do.
   */
  String describe() {
    String what = detail.isEmpty() ? (kind + " " + String.join(", ", targets)).strip() : detail;
    return String.format(Locale.ROOT, "%s from %.1f s", what, startNanos / 1e9);
  }

  private FaultSpan until(long timeNanos) {
    return new FaultSpan(kind, detail, targets, startNanos, timeNanos);
  }

  private static String text(@Nullable Json json) {
    return json instanceof Json.Text(String text) ? text : "";
  }

  private static List<String> texts(@Nullable Json json) {
    List<String> texts = new ArrayList<>();
    if (json instanceof Json.Array(List<Json> values)) {
      values.forEach(value -> texts.add(text(value)));
    }
    return texts;
  }
}
