package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * One key of an append-only store, at first the empty string: {@code get}, {@code put s} and {@code
 * append s} (Porcupine's {@code kv} model).
 */
record AppendKv() implements Model<String> {

  private static final String GET = "get";
  private static final String PUT = "put";
  private static final String APPEND = "append";

  @Override
  public String name() {
    return "append-kv";
  }

  @Override
  public String initial() {
    return "";
  }

  @Override
  public @Nullable String step(String state, Call call) {
    return switch (call.f()) {
      case GET -> text(call.result()).equals(state) ? state : null;
      case PUT -> text(call.argument());
      default -> state + text(call.argument());
    };
  }

  @Override
  public boolean isReadOnly(Call call) {
    return call.f().equals(GET);
  }

  @Override
  public boolean isBlind(Call call) {
    return !isReadOnly(call);
  }

  @Override
  public boolean overwrites(Call call) {
    return call.f().equals(PUT);
  }

  @Override
  public @Nullable String problem(Call call) {
    return switch (call.f()) {
      case GET ->
          call.result() instanceof Json.Text || call.result() instanceof Json.Null
              ? null
              : "what get found must be a string or null, not "
                  + JsonWriter.toString(call.result());
      case PUT, APPEND ->
          call.argument() instanceof Json.Text
              ? null
              : "the value of "
                  + call.f()
                  + " must be a string, not "
                  + JsonWriter.toString(call.argument());
      default -> call.unknownTo(name());
    };
  }

  private static String text(Json json) {
    return json instanceof Json.Text(String text) ? text : "";
  }
}
