package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonReader;
import dev.faultline.checkers.json.JsonSyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The models that can be chosen by name. */
public final class Models {

  private Models() {}

  /**
   * Returns the model called {@code name}, if there is one. A register's initial value is null;
   * another one follows its name: {@code cas-register=0}.
   */
  public static Optional<Model<?>> named(String name) {
    int equals = name.indexOf('=');
    if (equals < 0) {
      return model(name, Json.NULL);
    }
    try {
      Json initial = JsonReader.parse(name.substring(equals + 1));
      String base = name.substring(0, equals);
      return takesInitialValue(base) ? model(base, initial) : Optional.empty();
    } catch (JsonSyntaxException notJson) {
      return Optional.empty();
    }
  }

  /** Returns the names of all models, for lists and for "did you mean". */
  public static List<String> names() {
    return List.copyOf(descriptions().keySet());
  }

  /** Returns each model's name with its operations. */
  public static Map<String, String> descriptions() {
    Map<String, String> models = new LinkedHashMap<>();
    models.put("cas-register", "read, write v, cas [old, new]; cas-register=0 begins with 0");
    models.put("register", "read, write v");
    models.put("versioned-register", "the same with the version in every answer (etcd's version)");
    models.put("multi-register", "txn [[\"r\", k, null], [\"w\", k, v]] over several registers");
    models.put("append-kv", "get, put s, append s (Porcupine's kv)");
    models.put("mutex", "acquire, release");
    models.put("fenced-lock", "acquire -> token, release; tokens grow");
    models.put("counter", "add n, add-and-get n, read");
    models.put("set", "add x, remove x, contains x, read");
    models.put("queue", "enqueue x, dequeue; first in, first out");
    models.put("stack", "push x, pop");
    models.put("etcd-kv", "txn of get, put, delete and conditions over keys, with revisions");
    return models;
  }

  /**
   * Returns the name of the model that the functions of {@code history} look like: the first that
   * is told apart by its functions, else a counter or a set if something is added, else a register.
   */
  public static String suggestedFor(History history) {
    Suggestion suggestion = new Suggestion();
    for (int i = 0; i < history.size() && suggestion.named == null; i++) {
      suggestion.see(history.type(i), history.f(i), history.value(i));
    }
    return suggestion.model();
  }

  /** Finds out which model the functions of a history look like, event by event. */
  static final class Suggestion {
    private @Nullable String named;
    private boolean adds;
    private boolean readsLists;

    /** Looks at the next event. */
    void see(EventType type, String f, Json value) {
      if (named == null) {
        named = type == EventType.OK ? byFunction(f, value) : null;
        adds |= f.equals("add");
        readsLists |= type == EventType.OK && value instanceof Json.Array;
      }
    }

    /** Returns the name of the model that suits what was seen. */
    String model() {
      return named != null ? named : adds ? (readsLists ? "set" : "counter") : "cas-register";
    }

    private static @Nullable String byFunction(String f, Json value) {
      return switch (f) {
        case "write", "cas" -> "cas-register";
        case "get", "put", "append" -> "append-kv";
        case "acquire" -> value instanceof Json.Int ? "fenced-lock" : "mutex";
        case "enqueue", "dequeue" -> "queue";
        case "push", "pop" -> "stack";
        case "contains", "remove" -> "set";
        case "add-and-get" -> "counter";
        case "txn" -> "multi-register";
        default -> null;
      };
    }
  }

  private static boolean takesInitialValue(String name) {
    return switch (name) {
      case "register", "cas-register", "multi-register" -> true;
      default -> false;
    };
  }

  private static Optional<Model<?>> model(String name, Json initial) {
    return switch (name) {
      case "cas-register" -> Optional.of(new Register(name, true, initial));
      case "register" -> Optional.of(new Register(name, false, initial));
      case "versioned-register" -> Optional.of(new VersionedRegister());
      case "multi-register" -> Optional.of(new MultiRegister(initial));
      case "append-kv" -> Optional.of(new AppendKv());
      case "mutex" -> Optional.of(new Mutex());
      case "fenced-lock" -> Optional.of(new FencedLock());
      case "counter" -> Optional.of(new Counter());
      case "set" -> Optional.of(new SetOfValues());
      case "queue" -> Optional.of(Sequence.QUEUE);
      case "stack" -> Optional.of(Sequence.STACK);
      case "etcd-kv" -> Optional.of(new EtcdKv());
      default -> Optional.empty();
    };
  }
}
