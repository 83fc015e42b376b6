package dev.faultline.harness.run;

import dev.faultline.checkers.history.Event;
import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the history's events of the nemesis: fault starts and stops, and the phases of a run. */
final class NemesisEvents {

  /** The phase of a run that was cut short. */
  static final String STOPPED = "stopped";

  private NemesisEvents() {}

  /** The main phase begins; faults of {@code kinds} are planned. */
  static Event main(long timeNanos, List<String> kinds) {
    return phase(
        timeNanos, "main", Map.of("faults", new Json.Array(kinds.stream().map(Json::of).toList())));
  }

  /** Healing begins. */
  static Event heal(long timeNanos) {
    return phase(timeNanos, "heal", Map.of());
  }

  /** The cluster was observed to have recovered, {@code nanos} after healing began. */
  static Event recovered(long timeNanos, long nanos) {
    return phase(timeNanos, "recovered", Map.of("nanos", Json.of(nanos)));
  }

  /** The final operations begin. */
  static Event finalOperations(long timeNanos) {
    return phase(timeNanos, "final", Map.of());
  }

  /** The run was cut short, for {@code reason}; recovery was not awaited. */
  static Event stopped(long timeNanos, String reason) {
    return phase(timeNanos, STOPPED, Map.of("reason", Json.of(reason)));
  }

  /** Nothing more will come. */
  static Event end(long timeNanos) {
    return phase(timeNanos, "end", Map.of());
  }

  /** A node of a higher term was seen to lead. */
  static Event leader(long timeNanos, String node, long term) {
    return phase(timeNanos, "leader", members("node", Json.of(node), "term", Json.of(term)));
  }

  /** A node ended without being asked to. */
  static Event exited(long timeNanos, String node, int code) {
    return phase(timeNanos, "exited", members("node", Json.of(node), "code", Json.of(code)));
  }

  private static Map<String, Json> members(String name, Json value, String name2, Json value2) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put(name, value);
    members.put(name2, value2);
    return members;
  }

  private static Event phase(long timeNanos, String phase, Map<String, Json> more) {
    Map<String, Json> value = new LinkedHashMap<>();
    value.put("phase", Json.of(phase));
    value.putAll(more);
    return event(timeNanos, "phase", new Json.Obj(value));
  }

  /** Makes an event of function {@code f}. */
  static Event event(long timeNanos, String f, Json value) {
    return new Event(timeNanos, Event.NEMESIS, EventType.INFO, f, null, value, null, null, null);
  }
}
