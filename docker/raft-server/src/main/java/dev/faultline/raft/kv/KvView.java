package dev.faultline.raft.kv;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Something that keys can be read from: a snapshot, or a transaction that sees its own writes. */
public sealed interface KvView permits KvSnapshot, KvTransaction {

  /** Returns the revision that is seen. */
  long revision();

  /** Returns what is known of {@code key}, or null if it is not there. */
  @Nullable KeyValue get(Bytes key);

  /** Returns how many keys lie in {@code range}; cheap, however many they are. */
  int count(KeyRange range);

  /**
   * Hands the keys of {@code range} to {@code visitor} in ascending order, until it returns false.
   */
  void forEach(KeyRange range, Predicate<KeyValue> visitor);
}
