package dev.faultline.checkers.faults;

import dev.faultline.checkers.json.Json;
import java.util.List;
import java.util.Map;

/** Reads members of a nemesis event's value; what is missing or of another type is absent. */
record Members(Map<String, Json> members) {

  static Members of(Json value) {
    return new Members(value instanceof Json.Obj(Map<String, Json> members) ? members : Map.of());
  }

  String text(String name) {
    return members.get(name) instanceof Json.Text(String text) ? text : "";
  }

  List<String> texts(String name) {
    return members.get(name) instanceof Json.Array(List<Json> values)
        ? values.stream()
            .filter(Json.Text.class::isInstance)
            .map(value -> ((Json.Text) value).value())
            .toList()
        : List.of();
  }
}
