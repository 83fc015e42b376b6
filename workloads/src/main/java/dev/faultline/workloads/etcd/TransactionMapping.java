package dev.faultline.workloads.etcd;

import dev.faultline.checkers.history.OperationError;
import dev.faultline.checkers.json.Json;
import dev.faultline.workloads.client.MicroOperation;
import dev.faultline.workloads.client.Operation.Transaction;
import dev.faultline.workloads.client.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Performs transactions on etcd's, which cannot use in a put what they read.
 *
 * <p>One etcd transaction reads every key that is read or appended to. A second one writes, if none
 * of these keys has been modified since; else it is refused, and nothing happened. A transaction
 * that writes nothing is over after the first, one that only sets registers needs only the second.
 *
 * <p>A list is kept as its elements with commas between them.
 */
final class TransactionMapping {

  private static final String COMMA = ",";
  private static final Pattern COMMAS = Pattern.compile(COMMA);
  private static final long ABSENT = 0;

  private TransactionMapping() {}

  /** Returns the first request of {@code transaction}. */
  static EtcdRequest begin(Transaction transaction) {
    Set<String> keys = new LinkedHashSet<>();
    for (MicroOperation each : transaction.operations()) {
      if (!(each instanceof MicroOperation.Write)) {
        keys.add(each.key());
      }
    }
    return keys.isEmpty()
        ? write(transaction, new EtcdReply.Seen(0, Map.of()), keys)
        : new EtcdRequest.Snapshot(List.copyOf(keys), transaction.serializableReads());
  }

  /** Returns how {@code transaction} goes on after it has read. */
  static Turn turn(Transaction transaction, EtcdReply.Seen seen) {
    if (transaction.isReadOnly()) {
      return new Turn.Over(done(transaction, seen, seen.revision()));
    }
    EtcdRequest reads = begin(transaction);
    Set<String> guarded =
        reads instanceof EtcdRequest.Snapshot(List<String> keys, boolean _)
            ? new LinkedHashSet<>(keys)
            : Set.of();
    return new Turn.Next(transaction, seen, write(transaction, seen, guarded));
  }

  /** Returns the outcome of {@code transaction} once it has written at {@code revision}. */
  static Outcome written(Transaction transaction, EtcdReply.Seen seen, long revision) {
    return done(transaction, seen, revision);
  }

  /** Returns the outcome of a transaction whose guards did not hold. */
  static Outcome refused(long revision) {
    return new Outcome.Fail(
        new OperationError(
            OperationError.COMPARE_FAILED,
            "a key that was read had been modified at revision " + revision,
            true));
  }

  private static EtcdRequest write(
      Transaction transaction, EtcdReply.Seen seen, Set<String> guarded) {
    Map<String, Long> guards = new LinkedHashMap<>();
    for (String key : guarded) {
      EtcdReply.KeyValue found = seen.found().get(key);
      guards.put(key, found == null ? ABSENT : found.modRevision());
    }
    Map<String, String> puts = new LinkedHashMap<>();
    for (MicroOperation each : transaction.operations()) {
      switch (each) {
        case MicroOperation.Read _, MicroOperation.ReadList _ -> {
          // Nothing to write.
        }
        case MicroOperation.Append(String key, long element) ->
            puts.put(key, appended(puts, seen, key) + element);
        case MicroOperation.Write(String key, long value) -> puts.put(key, Long.toString(value));
      }
    }
    return new EtcdRequest.PutIfUnchanged(guards, puts);
  }

  /** Returns the list of {@code key} so far, ready for another element. */
  private static String appended(Map<String, String> puts, EtcdReply.Seen seen, String key) {
    String own = puts.get(key);
    EtcdReply.KeyValue found = seen.found().get(key);
    if (own != null) {
      return own + COMMA;
    }
    return found == null ? "" : found.value() + COMMA;
  }

  private static Outcome done(Transaction transaction, EtcdReply.Seen seen, long revision) {
    Map<String, String> current = new HashMap<>();
    Map<String, Long> modified = new HashMap<>();
    seen.found()
        .forEach((key, found) -> {
          current.put(key, found.value());
          modified.put(key, found.modRevision());
        });
    List<Json> values = new ArrayList<>();
    List<Json> revisions = new ArrayList<>();
    for (MicroOperation each : transaction.operations()) {
      String key = each.key();
      String before = current.get(key);
      switch (each) {
        case MicroOperation.Read _ -> values.add(MicroOperation.read(key, register(before)));
        case MicroOperation.ReadList _ -> values.add(MicroOperation.read(key, list(before)));
        case MicroOperation.Append(String _, long element) -> {
          current.put(key, before == null ? Long.toString(element) : before + COMMA + element);
          modified.put(key, revision);
          values.add(each.json());
        }
        case MicroOperation.Write(String _, long value) -> {
          current.put(key, Long.toString(value));
          modified.put(key, revision);
          values.add(each.json());
        }
      }
      revisions.add(Json.of(modified.getOrDefault(key, ABSENT)));
    }
    Map<String, Json> meta = new LinkedHashMap<>();
    meta.put("revision", Json.of(revision));
    meta.put("modRevision", new Json.Array(revisions));
    return new Outcome.Ok(new Json.Array(values), new Json.Obj(meta));
  }

  private static Json register(@Nullable String held) {
    return held == null ? Json.NULL : number(held);
  }

  private static Json list(@Nullable String held) {
    return held == null
        ? Json.NULL
        : new Json.Array(COMMAS.splitAsStream(held).map(TransactionMapping::number).toList());
  }

  /** Returns the number that {@code text} is, or the text: a checker must see what is no number. */
  private static Json number(String text) {
    try {
      return Json.of(Long.parseLong(text));
    } catch (NumberFormatException _) {
      return Json.of(text);
    }
  }
}
