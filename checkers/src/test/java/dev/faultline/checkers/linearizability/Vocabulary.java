package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Small random histories of one object: some linearizable by construction, some spoilt. */
final class Vocabulary {

  /** A call that may be made, with the answers that are thinkable. */
  private record Phrase(String f, Json argument, List<Json> answers, boolean refusable) {}

  private static final class Pending {
    final int invocation;
    final Phrase phrase;
    Call call;
    boolean applied;

    Pending(int invocation, Phrase phrase) {
      this.invocation = invocation;
      this.phrase = phrase;
      call = new Call(phrase.f, phrase.argument, Json.NULL, Call.Answer.UNKNOWN);
    }
  }

  private final List<Phrase> phrases = new ArrayList<>();

  /** Returns what can be said to the object of the model called {@code name}. */
  static Vocabulary of(String name) {
    Vocabulary words = new Vocabulary();
    return switch (name) {
      case "register" -> words.add("read", "null", "null 0 1 2").add("write", "0 1 2", "null");
      case "cas-register" ->
          words
              .add("read", "null", "null 0 1 2")
              .add("write", "0 1 2", "null")
              .refusable("cas", "[0,1] [1,2] [2,0] [1,1]", "null");
      case "versioned-register" ->
          words
              .add("read", "null", "[0,null] [1,0] [1,1] [2,0] [2,1] [3,0] [3,1] 0 1")
              .add("write", "0 1", "null [1,0] [2,0] [3,1]")
              .refusable("cas", "[0,1] [1,0]", "null");
      case "multi-register" ->
          words
              .add(
                  "txn",
                  "[[\"r\",0,null],[\"r\",1,null]]",
                  "[[\"r\",0,null],[\"r\",1,null]] [[\"r\",0,1],[\"r\",1,null]]"
                      + " [[\"r\",0,1],[\"r\",1,1]] [[\"r\",0,2],[\"r\",1,1]]")
              .writes("[[\"w\",0,1]]")
              .writes("[[\"w\",0,2],[\"w\",1,1]]")
              .writes("[[\"w\",0,1],[\"w\",1,1]]");
      case "append-kv" ->
          words
              .add("get", "null", "\"\" \"a\" \"b\" \"ab\" \"ba\" \"aa\"")
              .add("put", "\"a\" \"b\"", "null")
              .add("append", "\"a\" \"b\"", "null");
      case "mutex" -> words.add("acquire", "null", "null").add("release", "null", "null");
      case "fenced-lock" ->
          words.add("acquire", "null", "1 2 3 4").add("release", "null 1 2 3", "null");
      case "counter" ->
          words
              .add("read", "null", "0 1 2 3 -1")
              .add("add", "1 2 -1", "null")
              .add("add-and-get", "1", "1 2 3");
      case "set" ->
          words
              .add("add", "0 1", "null true false")
              .add("remove", "0", "null true false")
              .add("contains", "0 1", "true false")
              .add("read", "null", "[] [0] [1] [0,1]");
      case "growing-set" ->
          words
              .add("add", "0 1 2 3", "null")
              .add("contains", "0 1 2", "true false")
              .add("read", "null", "[] [0] [1] [0,1] [1,0,2] [0,1,2,3] [2] [0,2] [1,1]");
      case "queue" -> words.add("enqueue", "0 1 2", "null").add("dequeue", "null", "null 0 1 2");
      case "stack" -> words.add("push", "0 1 2", "null").add("pop", "null", "null 0 1 2");
      case "etcd-kv" -> etcd(words);
      case "pool" ->
          words.add("put", "null", "null").add("take", "null", "null").add("read", "null", "0 1 2");
      case "incrementable" ->
          words
              .add("write", "0 1", "null")
              .add("inc", "null", "null")
              .add("read", "null", "0 1 2 3");
      case "resettable-counter" ->
          words
              .add("add", "1 2", "null")
              .add("reset", "0 1", "null")
              .add("read", "null", "0 1 2 3");
      case "die" -> words.dice("0", "[0,1] [0,2]");
      case "dice" -> words.dice("0 1", "[0,1] [1,2]");
      default -> throw new IllegalArgumentException(name);
    };
  }

  private Vocabulary dice(String dice, String sides) {
    return add("put", sides, "null")
        .add("roll", dice, "null")
        .add("nudge", dice, "null")
        .add("ping", dice, "null")
        .add("look", dice, "0 1 2");
  }

  private static Vocabulary etcd(Vocabulary words) {
    return words
        .add(
            "txn",
            "[[\"get\",0,null]]",
            "[null,[[\"get\",0,null]]] [2,[[\"get\",0,[1,1,2]]]] [null,[[\"get\",0,1]]]"
                + " [3,[[\"get\",0,2]]]")
        .add("txn", "[[\"put\",0,1]]", "[null,[[\"put\",0,1]]] [2,[[\"put\",0,1]]]")
        .add("txn", "[[\"put\",0,2]]", "[null,[[\"put\",0,2]]] [3,[[\"put\",0,2]]]")
        .add("txn", "[[\"delete\",0,null]]", "[null,[[\"delete\",0,null]]]")
        .refusable(
            "txn",
            "[[\"if-version\",0,1],[\"put\",0,3]]",
            "[null,[[\"if-version\",0,1],[\"put\",0,3]]]");
  }

  private Vocabulary add(String f, String arguments, String answers) {
    return add(f, arguments, answers, false);
  }

  private Vocabulary refusable(String f, String arguments, String answers) {
    return add(f, arguments, answers, true);
  }

  private Vocabulary writes(String txn) {
    return add("txn", txn, txn);
  }

  private Vocabulary add(String f, String arguments, String answers, boolean refusable) {
    List<Json> thinkable = values(answers);
    for (Json argument : values(arguments)) {
      phrases.add(new Phrase(f, argument, thinkable, refusable));
    }
    return this;
  }

  private static List<Json> values(String words) {
    return Arrays.stream(words.split(" ")).map(JsonReader::parse).toList();
  }

  /**
   * Returns the operations of a random history of {@code model}, by invocation.
   *
   * @param lies how likely an answer is drawn at random rather than true
   * @param infos how likely an answer is lost
   */
  <S> List<Operation> history(
      Model<S> model, Random random, int count, int processes, double lies, double infos) {
    List<Operation> operations = new ArrayList<>();
    List<Pending> pending = new ArrayList<>();
    S state = model.initial();
    int event = 0;
    int invoked = 0;
    while (invoked < count || !pending.isEmpty()) {
      boolean invokes = invoked < count && pending.size() < processes && random.nextInt(3) > 0;
      if (invokes || pending.isEmpty()) {
        pending.add(new Pending(event++, phrases.get(random.nextInt(phrases.size()))));
        invoked++;
        continue;
      }
      Pending chosen = pending.get(random.nextInt(pending.size()));
      if (!chosen.applied && random.nextInt(4) > 0) {
        chosen.applied = true;
        chosen.call = answered(model, random, state, chosen.phrase);
        S next = model.step(state, chosen.call);
        state = next == null ? state : next;
        continue;
      }
      pending.remove(chosen);
      if (!chosen.applied || random.nextDouble() < infos) {
        Call lost =
            new Call(chosen.phrase.f, chosen.phrase.argument, Json.NULL, Call.Answer.UNKNOWN);
        operations.add(new Operation(chosen.invocation, Operation.NEVER, lost));
      } else {
        Call told = random.nextDouble() < lies ? answer(chosen.phrase, random) : chosen.call;
        operations.add(new Operation(chosen.invocation, event++, told));
      }
    }
    return operations.stream()
        .filter(o ->
            o.call().answer() != Call.Answer.UNKNOWN
                || !o.isOpenEnded()
                || !model.isReadOnly(o.call()))
        .filter(o -> model.problem(o.call()) == null)
        .sorted(Comparator.comparingInt(Operation::invocation))
        .toList();
  }

  /** Returns a call that is possible in {@code state}, if one of the thinkable answers makes it. */
  private static <S> Call answered(Model<S> model, Random random, S state, Phrase phrase) {
    List<Call> possible = new ArrayList<>();
    for (Json answer : phrase.answers) {
      Call call = new Call(phrase.f, phrase.argument, answer, Call.Answer.OK);
      if (model.problem(call) == null && model.step(state, call) != null) {
        possible.add(call);
      }
    }
    if (!possible.isEmpty()) {
      return possible.get(random.nextInt(possible.size()));
    }
    return phrase.refusable
        ? new Call(phrase.f, phrase.argument, Json.NULL, Call.Answer.REFUSED)
        : answer(phrase, random);
  }

  private static Call answer(Phrase phrase, Random random) {
    if (phrase.refusable && random.nextInt(3) == 0) {
      return new Call(phrase.f, phrase.argument, Json.NULL, Call.Answer.REFUSED);
    }
    Json answer = phrase.answers.get(random.nextInt(phrase.answers.size()));
    return new Call(phrase.f, phrase.argument, answer, Call.Answer.OK);
  }
}
