package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.Times;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.OperationError;
import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonWriter;

/** Names operations and their times. */
final class Wording {

  private static final int MOST_CHARACTERS = 120;

  private final History history;
  private final Model<?> model;
  private final boolean timed;

  Wording(History history, Model<?> model) {
    this.history = history;
    this.model = model;
    this.timed = history.hasTimes(); // Otherwise places in the history have to do.
  }

  /** Returns, for example, {@code process 2 read 17 at 12.402 s}. */
  String didAt(Operation operation) {
    return process(operation) + " " + did(operation) + " at " + invokedAt(operation);
  }

  /** Returns, for example, {@code write 18} or {@code compare-and-set 17 to 18}. */
  String noun(Operation operation) {
    Call call = operation.call();
    RegisterAccess access = model.access(call);
    if (access == null || access.leaves() == null) {
      return call.f();
    }
    return access.needs() == null
        ? call.f() + " " + text(access.leaves())
        : "compare-and-set " + text(access.needs()) + " to " + text(access.leaves());
  }

  String process(Operation operation) {
    return "process " + history.process(operation.invocation());
  }

  String invokedAt(Operation operation) {
    return moment(operation.invocation());
  }

  String completedAt(Operation operation) {
    return moment(operation.completion());
  }

  private String moment(int event) {
    return timed ? Times.moment(history.timeNanos(event)) : "#" + history.place(event);
  }

  /** Returns the time from the completion of {@code first} to the invocation of {@code second}. */
  String between(Operation first, Operation second) {
    if (!timed) {
      int events = history.place(second.invocation()) - history.place(first.completion());
      return events == 1 ? "1 event" : events + " events";
    }
    return Times.span(
        history.timeNanos(second.invocation()) - history.timeNanos(first.completion()));
  }

  /** Returns the code of the error with which {@code operation} failed. */
  String errorCode(Operation operation) {
    OperationError error = history.error(operation.completion());
    return error == null ? "no error code" : error.code();
  }

  static String text(Json value) {
    String text = JsonWriter.toString(value);
    return text.length() <= MOST_CHARACTERS
        ? text
        : text.substring(0, MOST_CHARACTERS) + "… (" + text.length() + " characters)";
  }

  private String did(Operation operation) {
    Call call = operation.call();
    RegisterAccess access = model.access(call);
    if (access == null) {
      // Whoever is refused was told only that it did not happen.
      return (call.answer() == Call.Answer.REFUSED ? "was refused " : "did ")
          + call.f()
          + (call.argument() instanceof Json.Null ? "" : " " + text(call.argument()))
          + (tells(call) ? " -> " + text(call.result()) : "");
    }
    if (access.refutes() != null) {
      return "was told that the value is not " + text(access.refutes());
    }
    if (access.leaves() == null) {
      return "read " + (access.needs() == null ? "something" : text(access.needs()));
    }
    return access.needs() == null
        ? "wrote " + text(access.leaves())
        : "changed " + text(access.needs()) + " to " + text(access.leaves());
  }

  private static boolean tells(Call call) {
    return call.answer() == Call.Answer.OK
        && !(call.result() instanceof Json.Null)
        && !call.result().equals(call.argument());
  }
}
