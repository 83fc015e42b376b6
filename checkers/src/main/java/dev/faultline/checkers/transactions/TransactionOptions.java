package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.models.Anomaly;
import dev.faultline.checkers.transactions.models.ConsistencyModel;
import java.util.Set;

/**
 * What transactions are checked for.
 *
 * @param models the models that shall hold
 * @param anomalies further anomalies that shall not be, with all their special cases
 * @param linearizableKeys whether each register is known to be linearizable by itself; only for
 *     {@link Workload#WR}, as the next two
 * @param sequentialKeys whether each register is known to be sequentially consistent by itself
 * @param wfrKeys whether a transaction that reads a register and writes it is known to write the
 *     version after a version not before the one it read
 * @param examples how many examples of an anomaly are kept
 */
public record TransactionOptions(
    Set<ConsistencyModel> models,
    Set<Anomaly> anomalies,
    boolean linearizableKeys,
    boolean sequentialKeys,
    boolean wfrKeys,
    int examples) {

  /** How many examples are kept unless told otherwise. */
  public static final int EXAMPLES = 8;

  public TransactionOptions {
    models = Set.copyOf(models);
    anomalies = Set.copyOf(anomalies);
    if (models.isEmpty() && anomalies.isEmpty()) {
      throw new IllegalArgumentException("name a model, or an anomaly, to check for");
    }
    if (examples < 1) {
      throw new IllegalArgumentException("examples must be at least 1, not " + examples);
    }
  }

  /** Strict serializability. */
  public static TransactionOptions standard() {
    return of(ConsistencyModel.STRICT_SERIALIZABLE);
  }

  /** {@code model}, with nothing else known. */
  public static TransactionOptions of(ConsistencyModel model) {
    return new TransactionOptions(Set.of(model), Set.of(), false, false, false, EXAMPLES);
  }
}
