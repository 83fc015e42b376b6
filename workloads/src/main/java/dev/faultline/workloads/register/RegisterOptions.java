package dev.faultline.workloads.register;

/**
 * How the register workload is to be.
 *
 * @param keys how many keys are active at once; the threads are divided among them
 * @param operationsPerKey how many operations a key gets at most, before its threads go on to a
 *     fresh one; each key gets between 90 and 100 % of it
 * @param values which values are written
 * @param readerShare the share of each key's threads that only read, 0 to 1; it is rounded down,
 *     and at least one thread writes
 * @param readWeight how often the other threads read, in relation to the two other weights
 * @param writeWeight how often they write
 * @param casWeight how often they compare and set
 */
public record RegisterOptions(
    int keys,
    int operationsPerKey,
    Values values,
    double readerShare,
    int readWeight,
    int writeWeight,
    int casWeight) {

  /** Which values are written. */
  public enum Values {
    /**
     * Every value is written once in a run. A read tells which write it saw, so that more histories
     * can be refuted, and faster, and a violation is easier to understand.
     */
    UNIQUE,
    /** 0 to 4, so that compare-and-set often finds what it expects. */
    SMALL
  }

  /** One key at a time, 200 operations a key, unique values, half of the threads readers. */
  public static RegisterOptions standard() {
    return new RegisterOptions(1, 200, Values.UNIQUE, 0.5, 1, 2, 2);
  }

  public RegisterOptions {
    atLeast(1, keys, "keys");
    atLeast(1, operationsPerKey, "operationsPerKey");
    atLeast(0, readWeight, "readWeight");
    atLeast(0, writeWeight, "writeWeight");
    atLeast(0, casWeight, "casWeight");
    if (!(readerShare >= 0 && readerShare <= 1)) {
      throw new IllegalArgumentException("readerShare must be from 0 to 1, not " + readerShare);
    }
    if (writeWeight == 0) {
      // Compare-and-set alone never gets past the value that a fresh key does not have.
      throw new IllegalArgumentException(
          "writeWeight must be at least 1: nothing would be written");
    }
  }

  /** Returns these options with another number of keys active at once. */
  public RegisterOptions withKeys(int other) {
    return new RegisterOptions(
        other, operationsPerKey, values, readerShare, readWeight, writeWeight, casWeight);
  }

  /** Returns these options with another number of operations for a key. */
  public RegisterOptions withOperationsPerKey(int other) {
    return new RegisterOptions(
        keys, other, values, readerShare, readWeight, writeWeight, casWeight);
  }

  /** Returns these options with other values. */
  public RegisterOptions withValues(Values other) {
    return new RegisterOptions(
        keys, operationsPerKey, other, readerShare, readWeight, writeWeight, casWeight);
  }

  private static void atLeast(int least, int value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", not " + value);
    }
  }
}
