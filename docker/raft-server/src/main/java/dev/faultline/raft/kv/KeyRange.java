package dev.faultline.raft.kv;

import org.jspecify.annotations.Nullable;

/**
 * The keys from {@code from} on that come before {@code to}.
 *
 * @param from the least key in the range
 * @param to the least key after the range, or null if the range has no end. If it is not greater
 *     than {@code from}, the range holds no key.
 */
public record KeyRange(Bytes from, @Nullable Bytes to) {

  /** What etcd writes in place of an end where there is none. */
  private static final Bytes NO_END = Bytes.takingOver(new byte[] {0});

  /** Returns the range that holds {@code key} alone. */
  public static KeyRange of(Bytes key) {
    return new KeyRange(key, key.successor());
  }

  /**
   * Returns the range that etcd's requests mean by a key and an end: without an end the key alone,
   * with a single zero byte for an end all keys from {@code key} on, otherwise the keys from {@code
   * key} to before {@code rangeEnd}.
   */
  public static KeyRange of(Bytes key, Bytes rangeEnd) {
    if (rangeEnd.isEmpty()) {
      return of(key);
    }
    return rangeEnd.equals(NO_END) ? new KeyRange(key, null) : new KeyRange(key, rangeEnd);
  }

  /** Tells whether {@code key} lies in the range. */
  public boolean contains(Bytes key) {
    return key.compareTo(from) >= 0 && (to == null || key.compareTo(to) < 0);
  }
}
