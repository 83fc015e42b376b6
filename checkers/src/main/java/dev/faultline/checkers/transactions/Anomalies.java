package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.models.Anomaly;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Gathers anomalies: counts all, keeps the first few of each kind. */
final class Anomalies {

  private final int examples;
  private final Map<Anomaly, Integer> counts = new EnumMap<>(Anomaly.class);
  private final List<Instance> instances = new ArrayList<>();

  Anomalies(int examples) {
    this.examples = examples;
  }

  /** Adds an instance about {@code key}; {@code text} is asked for only if it is kept. */
  void add(Anomaly anomaly, String key, Supplier<String> text, Integer... transactions) {
    if (counts.merge(anomaly, 1, Integer::sum) <= examples) {
      instances.add(new Instance(anomaly, key, List.of(transactions), text.get()));
    }
  }

  /** Returns the kinds that were found. */
  Set<Anomaly> kinds() {
    return Collections.unmodifiableSet(counts.keySet());
  }

  int count(Anomaly anomaly) {
    return counts.getOrDefault(anomaly, 0);
  }

  List<Instance> instances() {
    return Collections.unmodifiableList(instances);
  }
}
