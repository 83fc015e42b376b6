package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A whole etcd key-value store: transactions over keys, with the store's revision.
 *
 * <p>The one function is {@code txn}, a list of
 *
 * <ul>
 *   <li>conditions {@code ["if-value", k, v]}, {@code ["if-version", k, n]}, {@code ["if-mod", k,
 *       n]}: all must hold, else the transaction is refused ({@code compare-failed});
 *   <li>{@code ["get", k, null]}, answered with {@code ["get", k, [value, version, modRevision]]},
 *       with {@code null} if the key is not there, or with the bare value;
 *   <li>{@code ["put", k, v]} and {@code ["delete", k, null]}.
 * </ul>
 *
 * <p>Operations take effect in their order. A transaction that changed something raises the
 * revision by one; {@code meta.revision} of an answer is the revision after it, and pins its place.
 */
record EtcdKv() implements Model<EtcdKv.Store>, Specialised {

  private static final String TXN = "txn";
  private static final String GET = "get";
  private static final String PUT = "put";
  private static final String DELETE = "delete";
  private static final Set<String> CONDITIONS = Set.of("if-value", "if-version", "if-mod");
  private static final int PARTS = 3;

  /** A key that is there. */
  record Entry(Json value, long version, long modRevision) {}

  /** The store; an empty one has revision 1. */
  record Store(long revision, Map<Json, Entry> entries) {}

  @Override
  public String name() {
    return "etcd-kv";
  }

  @Override
  public Store initial() {
    return new Store(1, Map.of());
  }

  @Override
  public boolean observesMeta() {
    return true;
  }

  @Override
  public Json observed(Json value, Json.@Nullable Obj meta) {
    Json revision = meta == null ? Json.NULL : meta.members().getOrDefault("revision", Json.NULL);
    return Json.array(revision, value);
  }

  @Override
  public @Nullable Store step(Store store, Call call) {
    boolean told = call.answer() == Call.Answer.OK;
    List<Json> answers = told ? elements(elements(call.result()).get(1)) : List.of();
    List<Json> parts = elements(call.argument());
    boolean holds = parts.stream().allMatch(part -> holds(store, elements(part)));
    if (holds == (call.answer() == Call.Answer.REFUSED)) {
      return null;
    }
    if (!holds) {
      return store;
    }
    Map<Json, Entry> entries = new HashMap<>(store.entries());
    boolean changed = false;
    for (int i = 0; i < parts.size(); i++) {
      List<Json> part = elements(parts.get(i));
      Json key = part.get(1);
      switch (word(part)) {
        case PUT -> {
          Entry before = entries.get(key);
          long version = before == null ? 1 : before.version() + 1;
          entries.put(key, new Entry(part.get(2), version, store.revision() + 1));
          changed = true;
        }
        case DELETE -> changed |= entries.remove(key) != null;
        case GET -> {
          if (told && !isSeen(entries.get(key), elements(answers.get(i)).get(2))) {
            return null;
          }
        }
        default -> {
          // A condition, which holds.
        }
      }
    }
    Store after = changed ? new Store(store.revision() + 1, Map.copyOf(entries)) : store;
    return told && !isRevision(elements(call.result()).getFirst(), after) ? null : after;
  }

  @Override
  public boolean observesRefusals(Call call) {
    return call.f().equals(TXN)
        && isFine(call.argument())
        && elements(call.argument()).stream()
            .anyMatch(part -> CONDITIONS.contains(word(elements(part))));
  }

  @Override
  public Specialist specialist() {
    return new PinnedOrder(EtcdKv::pins);
  }

  @Override
  public Optional<Anomaly> explain(Violation violation) {
    return new PinnedAnomalies("revision", EtcdKv::pins, violation).find();
  }

  /** Returns what the revision in the answer to {@code call} tells of its place. */
  private static @Nullable Pins pins(Call call) {
    if (call.answer() != Call.Answer.OK
        || !(elements(call.result()).getFirst() instanceof Json.Int(long revision))) {
      return null;
    }
    List<Json> answers = elements(elements(call.result()).get(1));
    Map<Json, Json> seen = new HashMap<>();
    boolean puts = false;
    boolean deletes = false;
    for (int i = 0; i < answers.size(); i++) {
      List<Json> part = elements(elements(call.argument()).get(i));
      Json value =
          switch (word(part)) {
            case PUT -> part.get(2);
            case DELETE -> Json.NULL;
            case GET -> bare(elements(answers.get(i)).get(2));
            default -> Json.NULL;
          };
      if (value instanceof Json.Array) {
        return null; // It could be a value, or a value with its version and revision.
      }
      puts |= word(part).equals(PUT);
      deletes |= word(part).equals(DELETE);
      if (!CONDITIONS.contains(word(part))) {
        seen.put(part.get(1), value);
      }
    }
    if (puts) {
      return Pins.change(revision, seen);
    }
    return deletes ? Pins.changeOrAfter(revision, seen) : Pins.after(revision, seen);
  }

  /** Returns a value without its version and revision. */
  private static Json bare(Json seen) {
    List<Json> words = elements(seen);
    return words.size() == PARTS
            && words.get(1) instanceof Json.Int
            && words.get(2) instanceof Json.Int
        ? words.getFirst()
        : seen;
  }

  @Override
  public boolean isReadOnly(Call call) {
    return elements(call.argument()).stream()
        .map(part -> word(elements(part)))
        .noneMatch(word -> word.equals(PUT) || word.equals(DELETE));
  }

  @Override
  public @Nullable String problem(Call call) {
    if (!call.f().equals(TXN)) {
      return call.unknownTo(name());
    }
    if (!isFine(call.argument())) {
      return "the value of a txn must be a list of [\"get\" | \"put\" | \"delete\" | \"if-value\" |"
          + " \"if-version\" | \"if-mod\", key, value], not "
          + JsonWriter.toString(call.argument());
    }
    return call.answer() == Call.Answer.OK
        ? problemOfAnswer(call.argument(), elements(call.result()).get(1))
        : null;
  }

  private static @Nullable String problemOfAnswer(Json asked, Json answer) {
    return isFine(answer) && elements(answer).size() == elements(asked).size()
        ? null
        : "a txn must be answered with the list of its parts and what they got, not with "
            + JsonWriter.toString(answer)
            + " for "
            + JsonWriter.toString(asked);
  }

  private static boolean isFine(Json value) {
    return value instanceof Json.Array(List<Json> parts)
        && parts.stream()
            .allMatch(part ->
                part instanceof Json.Array(List<Json> words)
                    && words.size() == PARTS
                    && words.getFirst() instanceof Json.Text(String word)
                    && (Set.of(GET, PUT, DELETE).contains(word) || CONDITIONS.contains(word)));
  }

  private static boolean holds(Store store, List<Json> part) {
    Entry entry = store.entries().get(part.get(1));
    return switch (word(part)) {
      case "if-value" -> part.get(2).equals(entry == null ? Json.NULL : entry.value());
      case "if-version" -> part.get(2).equals(Json.of(entry == null ? 0 : entry.version()));
      case "if-mod" -> part.get(2).equals(Json.of(entry == null ? 0 : entry.modRevision()));
      default -> true;
    };
  }

  private static boolean isSeen(@Nullable Entry entry, Json seen) {
    if (entry == null) {
      return seen instanceof Json.Null;
    }
    return seen.equals(entry.value())
        || seen.equals(
            Json.array(entry.value(), Json.of(entry.version()), Json.of(entry.modRevision())));
  }

  private static boolean isRevision(Json told, Store after) {
    return told instanceof Json.Null || told.equals(Json.of(after.revision()));
  }

  private static String word(List<Json> part) {
    return part.getFirst() instanceof Json.Text(String word) ? word : "";
  }

  private static List<Json> elements(Json value) {
    return value instanceof Json.Array(List<Json> values) ? values : List.of();
  }
}
