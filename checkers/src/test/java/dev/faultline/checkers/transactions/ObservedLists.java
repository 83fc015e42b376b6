package dev.faultline.checkers.transactions;

import dev.faultline.checkers.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the lists of a golden case show by themselves, read off the events in the plainest way.
 * Transactions are named by their completions.
 */
final class ObservedLists {

  /** A read: who, of which key, and what. */
  private record Read(int reader, Json key, List<Json> list) {}

  private final List<Read> reads = new ArrayList<>();
  private final Map<List<Json>, Integer> writers = new HashMap<>();
  private final Set<Integer> aborted = new HashSet<>();

  ObservedLists(GoldenCase golden) {
    for (Json.Obj event : golden.events()) {
      String type = GoldenCase.text(GoldenCase.member(event, "type"));
      if (type.equals("invoke")) {
        continue;
      }
      int transaction = (int) GoldenCase.number(GoldenCase.member(event, "index"));
      if (type.equals("fail")) {
        aborted.add(transaction);
      }
      for (Json each : GoldenCase.list(GoldenCase.member(event, "value"))) {
        List<Json> parts = GoldenCase.list(each);
        if (!GoldenCase.text(parts.get(0)).equals("r")) {
          writers.put(List.of(parts.get(1), parts.get(2)), transaction);
        } else if (!type.equals("fail")) {
          reads.add(new Read(transaction, parts.get(1), GoldenCase.list(parts.get(2))));
        }
      }
    }
  }

  /**
   * Tells whether some list has an element of the first transaction, then perhaps aborted ones,
   * then one of the second.
   */
  boolean showWritesAcrossAborted(List<Integer> edge) {
    return reads.stream()
        .anyMatch(read -> {
          for (int i = 0; i < read.list().size(); i++) {
            if (isBy(edge.getFirst(), read, i) && nextAcrossAborted(read, i + 1, edge.getLast())) {
              return true;
            }
          }
          return false;
        });
  }

  /**
   * Tells whether the first transaction read a list of which another is a continuation: perhaps
   * aborted elements, then one of the second transaction.
   */
  boolean showOverwriteAcrossAborted(List<Integer> edge) {
    return reads.stream()
        .filter(read -> read.reader() == edge.getFirst())
        .anyMatch(read ->
            reads.stream()
                .filter(longer -> continues(longer, read))
                .anyMatch(longer -> nextAcrossAborted(longer, read.list().size(), edge.getLast())));
  }

  private boolean nextAcrossAborted(Read read, int from, int writer) {
    int at = from;
    while (at < read.list().size() && aborted.contains(writer(read, at))) {
      at++;
    }
    return at < read.list().size() && isBy(writer, read, at);
  }

  private static boolean continues(Read longer, Read read) {
    int size = read.list().size();
    return longer.key().equals(read.key())
        && longer.list().size() > size
        && longer.list().subList(0, size).equals(read.list());
  }

  private boolean isBy(int transaction, Read read, int place) {
    return writer(read, place) == transaction;
  }

  private int writer(Read read, int place) {
    return writers.getOrDefault(List.of(read.key(), read.list().get(place)), -1);
  }
}
