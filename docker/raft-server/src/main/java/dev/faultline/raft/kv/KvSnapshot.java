package dev.faultline.raft.kv;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The whole store at one revision. Immutable. */
public final class KvSnapshot implements KvView {

  /** The store before anything was written; its revision is 1, as etcd's. */
  public static final KvSnapshot EMPTY = new KvSnapshot(1, KeyTree.EMPTY, 0);

  private final long revision;
  private final KeyTree tree;
  private final long sizeBytes;

  KvSnapshot(long revision, KeyTree tree, long sizeBytes) {
    this.revision = revision;
    this.tree = tree;
    this.sizeBytes = sizeBytes;
  }

  /** Returns a transaction that starts from here. */
  public KvTransaction begin() {
    return new KvTransaction(this);
  }

  @Override
  public long revision() {
    return revision;
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

  /**
   * Returns what all keys, values and revisions take up, in bytes, without the tree around them.
   */
  public long sizeBytes() {
    return sizeBytes;
  }

  KeyTree tree() {
    return tree;
  }
}
