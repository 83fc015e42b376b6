package dev.faultline.checkers.history;

import dev.faultline.checkers.json.JsonWriter;

/**
 * Writes events as the lines of a history file.
 *
 * <p>Appends to a buffer of the caller's and allocates nothing itself, because a recorder does this
 * for every event of a run. Has no state.
 */
public final class HistoryLines {

  /** The process that stands for the nemesis in a file. */
  public static final String NEMESIS = "nemesis";

  private HistoryLines() {}

  /** Appends the line of {@code event}, which has {@code index}, with its line feed. */
  public static void append(StringBuilder out, int index, Event event) {
    out.append("{\"index\":").append(index);
    out.append(",\"time\":").append(event.timeNanos());
    if (event.isNemesis()) {
      out.append(",\"process\":\"").append(NEMESIS).append('"');
    } else {
      out.append(",\"process\":").append(event.process());
    }
    out.append(",\"type\":\"").append(event.type().word()).append('"');
    out.append(",\"f\":");
    JsonWriter.appendString(out, event.f());
    String key = event.key();
    if (key != null) {
      out.append(",\"key\":");
      JsonWriter.appendString(out, key);
    }
    out.append(",\"value\":");
    JsonWriter.append(out, event.value());
    String node = event.node();
    if (node != null) {
      out.append(",\"node\":");
      JsonWriter.appendString(out, node);
    }
    OperationError error = event.error();
    if (error != null) {
      appendError(out, error);
    }
    if (event.meta() != null) {
      out.append(",\"meta\":");
      JsonWriter.append(out, event.meta());
    }
    out.append("}\n");
  }

  private static void appendError(StringBuilder out, OperationError error) {
    out.append(",\"error\":{\"code\":");
    JsonWriter.appendString(out, error.code());
    out.append(",\"message\":");
    JsonWriter.appendString(out, error.message());
    out.append(",\"definite\":").append(error.definite()).append('}');
  }
}
