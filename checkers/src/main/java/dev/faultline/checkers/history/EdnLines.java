package dev.faultline.checkers.history;

import dev.faultline.checkers.edn.EdnWriter;
import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonWriter;

/**
 * Writes events as lines of Jepsen's {@code history.edn}.
 *
 * <p>A key goes in front of the value, as {@code jepsen.independent} has it.
 */
public final class EdnLines {

  private EdnLines() {}

  /** Appends the line of {@code event}, which has {@code index}, with its line feed. */
  public static void append(StringBuilder out, int index, Event event) {
    out.append("{:index ").append(index);
    out.append(", :time ").append(event.timeNanos());
    out.append(", :process ");
    if (event.isNemesis()) {
      out.append(':').append(HistoryLines.NEMESIS);
    } else {
      out.append(event.process());
    }
    out.append(", :type :").append(event.type().word());
    out.append(", :f :").append(event.f());
    out.append(", :value ");
    String key = event.key();
    EdnWriter.append(out, key == null ? event.value() : Json.array(Json.of(key), event.value()));
    OperationError error = event.error();
    if (error != null) {
      out.append(", :error [:").append(error.code()).append(' ');
      JsonWriter.appendString(out, error.message());
      out.append(']');
    }
    out.append("}\n");
  }
}
