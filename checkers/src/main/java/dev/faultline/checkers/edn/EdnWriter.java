package dev.faultline.checkers.edn;

import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonWriter;
import java.util.List;
import java.util.Map;

/** Writes {@link Json} values as EDN: arrays as vectors, and members with keywords for names. */
public final class EdnWriter {

  private EdnWriter() {}

  /** Appends {@code value}. */
  public static void append(StringBuilder out, Json value) {
    switch (value) {
      case Json.Null() -> out.append("nil");
      case Json.Array(List<Json> values) -> {
        out.append('[');
        for (int i = 0; i < values.size(); i++) {
          append(i == 0 ? out : out.append(' '), values.get(i));
        }
        out.append(']');
      }
      case Json.Obj(Map<String, Json> members) -> {
        out.append('{');
        members.forEach((name, member) -> {
          if (out.charAt(out.length() - 1) != '{') {
            out.append(", ");
          }
          appendName(out, name);
          append(out.append(' '), member);
        });
        out.append('}');
      }
      case Json.Decimal _ -> {
        JsonWriter.append(out, value);
        out.append('M'); // Else Clojure would make a double of it.
      }
      case Json.Bool _, Json.Int _, Json.Real _, Json.Text _ -> JsonWriter.append(out, value);
    }
  }

  private static void appendName(StringBuilder out, String name) {
    if (name.matches("[A-Za-z][A-Za-z0-9_.*+!?<>=-]*")) {
      out.append(':').append(name);
    } else {
      JsonWriter.appendString(out, name);
    }
  }
}
