package dev.faultline.raft.kv;

/**
 * A key with its value and its past.
 *
 * @param createRevision the revision of the write that made the key
 * @param modRevision the revision of the last write to it
 * @param version how often it was written since it was made, from 1
 */
public record KeyValue(
    Bytes key, Bytes value, long createRevision, long modRevision, long version) {

  /** Returns what key, value and past take up, in bytes, without the tree around them. */
  long sizeBytes() {
    return key.length() + (long) value.length() + 3L * Long.BYTES;
  }

  /** Returns this key once it is written again, at {@code revision}. */
  KeyValue rewritten(Bytes newValue, long revision) {
    return new KeyValue(key, newValue, createRevision, revision, version + 1);
  }

  /** Returns a key that is written for the first time, at {@code revision}. */
  static KeyValue created(Bytes key, Bytes value, long revision) {
    return new KeyValue(key, value, revision, revision, 1);
  }
}
