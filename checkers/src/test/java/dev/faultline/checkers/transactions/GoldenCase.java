package dev.faultline.checkers.transactions;

import dev.faultline.checkers.history.Event;
import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.HistoryBuilder;
import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonReader;
import dev.faultline.checkers.json.JsonWriter;
import dev.faultline.checkers.transactions.graph.Deadline;
import dev.faultline.checkers.transactions.models.Anomaly;
import dev.faultline.checkers.transactions.models.ConsistencyModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One case of the golden set: a history, how it is to be checked, and what Elle says of it. */
record GoldenCase(Json.Obj json) {

  String name() {
    return text(member(json, "name"));
  }

  Workload workload() {
    return text(member(json, "workload")).equals("list-append") ? Workload.APPEND : Workload.WR;
  }

  Json.Obj expected() {
    return (Json.Obj) member(json, "expected");
  }

  String valid() {
    return switch (member(expected(), "valid")) {
      case Json.Bool(boolean valid) -> String.valueOf(valid);
      case Json value -> text(value);
    };
  }

  Set<String> words(String name) {
    return list(member(expected(), name)).stream()
        .map(GoldenCase::text)
        .collect(Collectors.toSet());
  }

  boolean isAmbiguous() {
    return member(expected(), "ambiguousOrder").equals(Json.of(true));
  }

  /** Returns the edges of {@code kind} as pairs of completions. */
  Set<List<Integer>> edges(String kind) {
    Set<List<Integer>> edges = new HashSet<>();
    if (expected().members().get("edges") instanceof Json.Obj all) {
      for (Json edge : list(member(all, kind))) {
        edges.add(list(edge).stream().map(end -> (int) number(end)).toList());
      }
    }
    return edges;
  }

  List<Json.Obj> events() {
    return list(member(json, "history")).stream().map(Json.Obj.class::cast).toList();
  }

  /** Returns the micro-operations of each committed transaction: f, key and value, as JSON text. */
  Stream<List<List<String>>> committed() {
    return events().stream()
        .filter(event -> text(member(event, "type")).equals("ok"))
        .map(event ->
            list(member(event, "value")).stream()
                .map(op ->
                    List.of(
                        text(list(op).get(0)),
                        JsonWriter.toString(list(op).get(1)),
                        JsonWriter.toString(list(op).get(2))))
                .toList());
  }

  /** Returns what Elle shows of {@code anomaly}. */
  List<Json.Obj> details(String anomaly) {
    return member(expected(), "anomalies") instanceof Json.Obj all
        ? list(member(all, anomaly)).stream().map(Json.Obj.class::cast).toList()
        : List.of();
  }

  /** Returns how many transactions, whatever became of them, tried {@code write}. */
  long writersOf(List<String> write) {
    return events().stream()
        .filter(event -> text(member(event, "type")).equals("invoke"))
        .filter(event ->
            list(member(event, "value")).stream()
                .map(op -> list(op).stream().map(JsonWriter::toString).toList())
                .anyMatch(op ->
                    op.subList(1, 3).equals(write.subList(1, 3)) && op.getFirst().equals("\"w\"")))
        .count();
  }

  /**
   * Returns who wrote what a committed transaction saw of a register that it had read or written
   * before, and that transaction: both by their completions, and both committed.
   */
  Set<List<Integer>> laterReads() {
    Set<List<Integer>> found = new HashSet<>();
    for (Json.Obj reader : events()) {
      List<Json> operations = list(member(reader, "value"));
      for (int i = 0; isOk(reader) && i < operations.size(); i++) {
        List<Json> read = list(operations.get(i));
        boolean isLater =
            operations.subList(0, i).stream().anyMatch(op -> list(op).get(1).equals(read.get(1)));
        if (isLater && text(read.getFirst()).equals("r")) {
          events().stream()
              .filter(
                  writer -> index(writer) != index(reader) && isOk(writer) && leaves(writer, read))
              .forEach(writer -> found.add(List.of(index(writer), index(reader))));
        }
      }
    }
    return found;
  }

  private static boolean isOk(Json.Obj event) {
    return text(member(event, "type")).equals("ok");
  }

  private static int index(Json.Obj event) {
    return (int) number(member(event, "index"));
  }

  /** Tells whether the last write of a transaction to the key of {@code read} is what that saw. */
  private static boolean leaves(Json.Obj event, List<Json> read) {
    return list(member(event, "value")).stream()
        .map(GoldenCase::list)
        .filter(op -> text(op.getFirst()).equals("w") && op.get(1).equals(read.get(1)))
        .reduce((_, last) -> last)
        .filter(op -> op.get(2).equals(read.get(2)))
        .isPresent();
  }

  /** Tells whether a committed transaction saw a value that nobody tried to write. */
  boolean readsGarbage() {
    Set<String> written = new HashSet<>();
    for (Json.Obj event : events()) {
      for (Json op : list(member(event, "value"))) {
        if (!text(list(op).getFirst()).equals("r")) {
          written.add(
              JsonWriter.toString(list(op).get(1)) + "=" + JsonWriter.toString(list(op).get(2)));
        }
      }
    }
    return committed()
        .flatMap(List::stream)
        .filter(op -> op.get(0).equals("r") && !op.get(2).equals("null"))
        .anyMatch(op -> {
          Json value = JsonReader.parse(op.get(2));
          List<Json> seen = value instanceof Json.Array(List<Json> all) ? all : List.of(value);
          return seen.stream()
              .anyMatch(each -> !written.contains(op.get(1) + "=" + JsonWriter.toString(each)));
        });
  }

  /** Tells whether garbage must be found; a malformed transaction may have written anything. */
  boolean expectsGarbage() {
    return readsGarbage() && !valid().equals("error");
  }

  Analysis analyse() {
    return analyse(isWhole() ? fromHistory() : fromCompletions(events()));
  }

  /** Analyses the history as taken in from its end, which turns every tie the other way. */
  Analysis analyseFromTheEnd() {
    return analyse(fromCompletions(events().reversed()));
  }

  private Analysis analyse(Transactions transactions) {
    return new Analysis(transactions, options(), new Deadline(System.nanoTime() + 60_000_000_000L));
  }

  TransactionOptions options() {
    Map<String, Json> given = ((Json.Obj) member(json, "options")).members();
    Set<ConsistencyModel> models = new HashSet<>();
    Set<Anomaly> anomalies = new HashSet<>();
    Json named = given.getOrDefault("consistencyModels", Json.array(Json.of("PL-SS")));
    if (named instanceof Json.Array(List<Json> names)) {
      names.forEach(name -> models.add(ConsistencyModel.named(text(name)).orElseThrow()));
    }
    if (given.get("anomalies") instanceof Json.Array(List<Json> names)) {
      names.forEach(name -> anomalies.add(Anomaly.named(text(name)).orElseThrow()));
    }
    return new TransactionOptions(
        models,
        anomalies,
        given.containsKey("linearizableKeys"),
        given.containsKey("sequentialKeys"),
        given.containsKey("wfrKeys"),
        100);
  }

  /** Tells whether every process invokes and completes in turn, as a real one does. */
  private boolean isWhole() {
    Set<Integer> open = new HashSet<>();
    for (Json.Obj event : events()) {
      boolean isInvocation = text(member(event, "type")).equals("invoke");
      int process = process(event);
      if (process >= 0 && !(isInvocation ? open.add(process) : open.remove(process))) {
        return false;
      }
    }
    return true;
  }

  private Transactions fromHistory() {
    HistoryBuilder builder = new HistoryBuilder();
    long time = 0;
    for (Json.Obj event : events()) {
      time = Math.max(time, number(event.members().getOrDefault("time", Json.of(0))));
      boolean nemesis = member(event, "process") instanceof Json.Text;
      builder.append(
          new Event(
              time,
              nemesis ? Event.NEMESIS : process(event),
              EventType.valueOf(
                  nemesis ? "INFO" : text(member(event, "type")).toUpperCase(Locale.ROOT)),
              text(member(event, "f")),
              null,
              member(event, "value"),
              null,
              null,
              null));
    }
    return TransactionReader.read(builder.build(), workload());
  }

  /** Elle's own tests leave invocations out; nothing is known of real time then. */
  private Transactions fromCompletions(List<Json.Obj> events) {
    Transactions transactions = new Transactions(workload());
    MicroOperations operations = new MicroOperations(transactions);
    for (Json.Obj event : events) {
      if (text(member(event, "type")).equals("invoke")) {
        continue;
      }
      Outcome outcome =
          switch (text(member(event, "type"))) {
            case "ok" -> Outcome.OK;
            case "fail" -> Outcome.FAIL;
            default -> Outcome.INFO;
          };
      int completion = (int) number(member(event, "index"));
      transactions.begin(process(event), invocation(event), completion, outcome);
      operations.addAll(list(member(event, "value")), outcome, List.of(), Revisions.UNKNOWN);
    }
    return transactions;
  }

  /** Returns the last invocation of the same process before {@code completion}, or -1. */
  private int invocation(Json.Obj completion) {
    int found = -1;
    for (Json.Obj event : events()) {
      long index = number(member(event, "index"));
      if (index >= number(member(completion, "index"))) {
        break;
      }
      if (process(event) == process(completion)) {
        found = text(member(event, "type")).equals("invoke") ? (int) index : -1;
      }
    }
    return found;
  }

  private static int process(Json.Obj event) {
    return member(event, "process") instanceof Json.Int(long process) ? (int) process : -1;
  }

  static Json member(Json.Obj object, String name) {
    return Objects.requireNonNullElse(object.members().get(name), Json.NULL);
  }

  static String text(Json json) {
    return ((Json.Text) json).value();
  }

  static long number(Json json) {
    return json instanceof Json.Int(long number) ? number : 0;
  }

  static List<Json> list(Json json) {
    return json instanceof Json.Array(List<Json> values) ? values : List.of();
  }

  /** Returns the pairs in the transitive closure of {@code edges}. */
  static Set<List<Integer>> closure(Set<List<Integer>> edges) {
    Map<Integer, Integer> numbers = new HashMap<>();
    List<Integer> names = new ArrayList<>();
    for (List<Integer> edge : edges) {
      for (Integer end : edge) {
        if (numbers.putIfAbsent(end, names.size()) == null) {
          names.add(end);
        }
      }
    }
    boolean[][] reaches = new boolean[names.size()][names.size()];
    edges.forEach(edge ->
        reaches[Objects.requireNonNull(numbers.get(edge.get(0)))][
                Objects.requireNonNull(numbers.get(edge.get(1)))] =
            true);
    for (int via = 0; via < reaches.length; via++) {
      for (boolean[] row : reaches) {
        if (row[via]) {
          for (int to = 0; to < row.length; to++) {
            row[to] |= reaches[via][to];
          }
        }
      }
    }
    Set<List<Integer>> closed = new HashSet<>();
    for (int from = 0; from < reaches.length; from++) {
      for (int to = 0; to < reaches.length; to++) {
        if (reaches[from][to]) {
          closed.add(Arrays.asList(names.get(from), names.get(to)));
        }
      }
    }
    return closed;
  }
}
