package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import org.jspecify.annotations.Nullable;

/** Objects that are none of ours, with calls of kinds that ours do not have. */
final class UserModels {

  private UserModels() {}

  /** A number of things: {@code put}, {@code read}, and {@code take}, which may find none. */
  record Pool() implements Model<Long> {

    @Override
    public String name() {
      return "pool";
    }

    @Override
    public Long initial() {
      return 0L;
    }

    @Override
    public @Nullable Long step(Long things, Call call) {
      return switch (call.f()) {
        case "put" -> (Long) (things + 1);
        case "take" -> (Long) Math.max(0, things - 1);
        default -> Json.of(things).equals(call.result()) ? things : null;
      };
    }

    @Override
    public boolean isReadOnly(Call call) {
      return call.f().equals("read");
    }

    @Override
    public @Nullable String problem(Call call) {
      return null;
    }
  }

  /** A register that can also be incremented: {@code inc} is no access, the others are. */
  record Incrementable() implements Model<Json> {

    @Override
    public String name() {
      return "incrementable";
    }

    @Override
    public Json initial() {
      return Json.of(0);
    }

    @Override
    public @Nullable Json step(Json state, Call call) {
      return switch (call.f()) {
        case "inc" -> Json.of(((Json.Int) state).value() + 1);
        case "write" -> call.argument();
        default -> call.result().equals(state) ? state : null;
      };
    }

    @Override
    public boolean isReadOnly(Call call) {
      return call.f().equals("read");
    }

    @Override
    public @Nullable String problem(Call call) {
      return null;
    }

    @Override
    public @Nullable RegisterAccess access(Call call) {
      return switch (call.f()) {
        case "inc" -> null;
        case "write" -> new RegisterAccess(null, null, call.argument());
        default -> new RegisterAccess(call.result(), null, null);
      };
    }
  }

  /** A counter with blind calls of both kinds: {@code add n} and {@code reset n}. */
  record ResettableCounter() implements Model<Long> {

    @Override
    public String name() {
      return "resettable-counter";
    }

    @Override
    public Long initial() {
      return 0L;
    }

    @Override
    public @Nullable Long step(Long count, Call call) {
      return switch (call.f()) {
        case "add" -> (Long) (count + ((Json.Int) call.argument()).value());
        case "reset" -> (Long) ((Json.Int) call.argument()).value();
        default -> Json.of(count).equals(call.result()) ? count : null;
      };
    }

    @Override
    public boolean isReadOnly(Call call) {
      return call.f().equals("read");
    }

    @Override
    public @Nullable String problem(Call call) {
      return null;
    }

    @Override
    public boolean isBlind(Call call) {
      return !isReadOnly(call);
    }

    @Override
    public boolean overwrites(Call call) {
      return call.f().equals("reset");
    }
  }
}
