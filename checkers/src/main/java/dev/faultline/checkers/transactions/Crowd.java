package dev.faultline.checkers.transactions;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Reads of one version, and writes of which each of them saw none. Ten thousand reads of a list
 * without ten thousand lost appends are four short arrays here, and a hundred million dependencies.
 *
 * @param readers the transactions of the reads
 * @param reads the reads
 * @param writers the transactions of the writes
 * @param writes the writes
 */
@SuppressWarnings("ArrayRecordComponent") // Made to be walked through, never compared.
record Crowd(int[] readers, int[] reads, int[] writers, int[] writes) {

  static Crowd of(Transactions transactions, int[] reads, Writers writers, int[] versions) {
    return new Crowd(
        IntStream.of(reads).map(transactions::transactionOf).toArray(),
        reads,
        IntStream.of(versions).map(writers::transaction).toArray(),
        IntStream.of(versions).map(writers::operation).toArray());
  }

  /** Returns what is left of this with only some of the transactions. */
  Crowd of(IntPredicate isReader, IntPredicate isWriter) {
    int[] readPlaces = places(readers, isReader);
    int[] writePlaces = places(writers, isWriter);
    return new Crowd(
        IntStream.of(readPlaces).map(place -> readers[place]).toArray(),
        IntStream.of(readPlaces).map(place -> reads[place]).toArray(),
        IntStream.of(writePlaces).map(place -> writers[place]).toArray(),
        IntStream.of(writePlaces).map(place -> writes[place]).toArray());
  }

  private static int[] places(int[] all, IntPredicate wanted) {
    return IntStream.range(0, all.length).filter(place -> wanted.test(all[place])).toArray();
  }

  /** Tells whether there are more dependencies than reads and writes. */
  boolean isMany() {
    return reads.length > 1 && writes.length > 1;
  }
}
