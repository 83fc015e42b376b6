package dev.faultline.checkers.transactions.models;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The closure of what {@link ConsistencyModel} and {@link Anomaly} say directly.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class ModelLattice {

  /** Every anomaly with all that it is a special case of, itself included. */
  private final Map<Anomaly, Set<Anomaly>> implied = new EnumMap<>(Anomaly.class);

  /** Every model with all that it implies, itself included. */
  private final Map<ConsistencyModel, Set<ConsistencyModel>> weaker =
      new EnumMap<>(ConsistencyModel.class);

  private final Map<ConsistencyModel, Set<Anomaly>> prohibited =
      new EnumMap<>(ConsistencyModel.class);

  /** Makes the lattice. */
  public ModelLattice() {
    for (Anomaly anomaly : Anomaly.values()) {
      Set<Anomaly> closure = EnumSet.noneOf(Anomaly.class);
      close(anomaly, closure);
      implied.put(anomaly, closure);
    }
    for (ConsistencyModel model : ConsistencyModel.values()) {
      Set<ConsistencyModel> closure = EnumSet.noneOf(ConsistencyModel.class);
      close(model, closure);
      weaker.put(model, closure);
    }
    for (ConsistencyModel model : ConsistencyModel.values()) {
      Set<Anomaly> direct = EnumSet.noneOf(Anomaly.class);
      weaker.getOrDefault(model, Set.of()).forEach(each -> direct.addAll(each.proscribes()));
      prohibited.put(model, including(direct));
    }
  }

  /**
   * What anomalies rule out.
   *
   * @param not the weakest models that are ruled out, in alphabetical order
   * @param alsoNot the stronger ones, which are ruled out with them
   */
  public record Impossible(List<ConsistencyModel> not, List<ConsistencyModel> alsoNot) {

    public Impossible {
      not = List.copyOf(not);
      alsoNot = List.copyOf(alsoNot);
    }
  }

  /** Returns every anomaly that cannot be where {@code model} holds. */
  public Set<Anomaly> prohibited(ConsistencyModel model) {
    return EnumSet.copyOf(prohibited.getOrDefault(model, Set.of()));
  }

  /** Returns {@code anomalies} with every anomaly that is a special case of one of them. */
  public Set<Anomaly> including(Collection<Anomaly> anomalies) {
    Set<Anomaly> all = EnumSet.noneOf(Anomaly.class);
    for (Anomaly anomaly : Anomaly.values()) {
      if (implied(anomaly).stream().anyMatch(anomalies::contains)) {
        all.add(anomaly);
      }
    }
    return all;
  }

  /** Returns all that {@code anomaly} is a special case of, itself included. */
  public Set<Anomaly> implied(Anomaly anomaly) {
    return implied.getOrDefault(anomaly, Set.of());
  }

  /** Tells whether a system that keeps {@code strong} keeps {@code weak} too. */
  public boolean implies(ConsistencyModel strong, ConsistencyModel weak) {
    return weaker.getOrDefault(strong, Set.of()).contains(weak);
  }

  /** Returns the models that cannot hold where {@code found} was found. */
  public Impossible impossible(Collection<Anomaly> found) {
    Set<ConsistencyModel> out = EnumSet.noneOf(ConsistencyModel.class);
    for (ConsistencyModel model : ConsistencyModel.values()) {
      if (prohibited(model).stream().anyMatch(found::contains)) {
        out.add(model);
      }
    }
    List<ConsistencyModel> not = new ArrayList<>();
    List<ConsistencyModel> alsoNot = new ArrayList<>();
    out.stream()
        .sorted(Comparator.comparing(ConsistencyModel::word))
        .forEach(model -> (isWeakest(model, out) ? not : alsoNot).add(model));
    return new Impossible(not, alsoNot);
  }

  private boolean isWeakest(ConsistencyModel model, Set<ConsistencyModel> among) {
    return among.stream().noneMatch(other -> other != model && implies(model, other));
  }

  private static void close(Anomaly anomaly, Set<Anomaly> closure) {
    if (closure.add(anomaly)) {
      anomaly.implies().forEach(each -> close(each, closure));
    }
  }

  private static void close(ConsistencyModel model, Set<ConsistencyModel> closure) {
    if (closure.add(model)) {
      model.implies().forEach(each -> close(each, closure));
    }
  }
}
