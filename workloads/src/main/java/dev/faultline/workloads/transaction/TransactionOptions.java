package dev.faultline.workloads.transaction;

/**
 * How a transaction workload is to be.
 *
 * @param keys how many keys are in use at a time
 * @param writesPerKey how many writes a key gets before another takes its place
 * @param longest how many micro-operations a transaction has at most
 * @param serializableReads whether reads may be answered from the state of any one node
 */
public record TransactionOptions(
    int keys, int writesPerKey, int longest, boolean serializableReads) {

  private static final int LONGEST = 4;

  public TransactionOptions {
    if (keys < 1 || writesPerKey < 1 || longest < 1) {
      throw new IllegalArgumentException(
          "keys, writesPerKey and longest must each be at least 1, not "
              + keys
              + ", "
              + writesPerKey
              + ", "
              + longest);
    }
  }

  /** Up to four micro-operations, linearizable reads. */
  public static TransactionOptions of(int keys, int writesPerKey) {
    return new TransactionOptions(keys, writesPerKey, LONGEST, false);
  }

  /** Returns these options with at most {@code most} micro-operations in a transaction. */
  public TransactionOptions withLongest(int most) {
    return new TransactionOptions(keys, writesPerKey, most, serializableReads);
  }

  /** Returns these options with reads that any node may answer by itself. */
  public TransactionOptions withSerializableReads() {
    return new TransactionOptions(keys, writesPerKey, longest, true);
  }
}
