package dev.faultline.raft.kv;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes that become one revision. Sees its own writes; nobody else does until its {@link #end} is
 * published. Not thread-safe.
 */
public final class KvTransaction implements KvView {

  private final KvSnapshot start;
  private KeyTree tree;
  private long sizeBytes;
  private boolean written;

  KvTransaction(KvSnapshot start) {
    this.start = start;
    this.tree = start.tree();
    this.sizeBytes = start.sizeBytes();
  }

  /** Returns the snapshot that the transaction started from. */
  public KvSnapshot start() {
    return start;
  }

  /** Returns the revision of the start, or the next one once something is written. */
  @Override
  public long revision() {
    return written ? start.revision() + 1 : start.revision();
  }

  @Override
  public @Nullable KeyValue get(Bytes key) {
    return tree.get(key);
  }

  @Override
  public int count(KeyRange range) {
    return tree.count(range);
  }

  @Override
  public void forEach(KeyRange range, Predicate<KeyValue> visitor) {
    tree.forEach(range, visitor);
  }

  /** Writes {@code key} and returns what was there before, or null. */
  public @Nullable KeyValue put(Bytes key, Bytes value) {
    written = true;
    KeyValue before = tree.get(key);
    KeyValue after =
        before == null
            ? KeyValue.created(key, value, revision())
            : before.rewritten(value, revision());
    tree = tree.with(after);
    sizeBytes += after.sizeBytes() - (before == null ? 0 : before.sizeBytes());
    return before;
  }

  /** Deletes the keys of {@code range} and returns what was there, in ascending order. */
  public List<KeyValue> deleteRange(KeyRange range) {
    List<KeyValue> deleted = new ArrayList<>();
    tree.forEach(range, deleted::add);
    for (KeyValue gone : deleted) {
      written = true;
      tree = tree.without(gone.key());
      sizeBytes -= gone.sizeBytes();
    }
    return deleted;
  }

  /** Returns the store after this transaction: the start itself if nothing was written. */
  public KvSnapshot end() {
    return written ? new KvSnapshot(revision(), tree, sizeBytes) : start;
  }
}
