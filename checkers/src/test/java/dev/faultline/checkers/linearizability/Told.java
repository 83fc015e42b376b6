package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonReader;

/**
 * Calls in words: {@code "write 1"}, {@code "read -> 1"}, {@code "cas [1,2] refused"}, {@code
 * "acquire lost"}. An answer that is not told repeats the argument, as completions do.
 */
final class Told {

  private static final String REFUSED = " refused";
  private static final String LOST = " lost";
  private static final String ANSWER = " -> ";

  private Told() {}

  static Call call(String words) {
    if (words.endsWith(REFUSED)) {
      return call(words.substring(0, words.length() - REFUSED.length()), Call.Answer.REFUSED);
    }
    if (words.endsWith(LOST)) {
      return call(words.substring(0, words.length() - LOST.length()), Call.Answer.UNKNOWN);
    }
    int answer = words.indexOf(ANSWER);
    Call call = call(answer < 0 ? words : words.substring(0, answer), Call.Answer.OK);
    return answer < 0
        ? new Call(call.f(), call.argument(), call.argument(), Call.Answer.OK)
        : new Call(
            call.f(),
            call.argument(),
            JsonReader.parse(words.substring(answer + ANSWER.length())),
            Call.Answer.OK);
  }

  private static Call call(String words, Call.Answer answer) {
    int space = words.indexOf(' ');
    return space < 0
        ? new Call(words, Json.NULL, Json.NULL, answer)
        : new Call(
            words.substring(0, space),
            JsonReader.parse(words.substring(space + 1)),
            Json.NULL,
            answer);
  }

  /** Tells whether the calls can take effect one after the other, from the initial state. */
  static boolean isPossible(String model, String... calls) {
    return isPossible(Models.named(model).orElseThrow(), calls);
  }

  static <S> boolean isPossible(Model<S> model, String... calls) {
    S state = model.initial();
    for (String words : calls) {
      String problem = model.problem(call(words));
      if (problem != null) {
        throw new IllegalArgumentException(words + ": " + problem);
      }
      S next = model.step(state, call(words));
      if (next == null) {
        return false;
      }
      state = next;
    }
    return true;
  }
}
