package dev.faultline.workloads.etcd;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A reply of a store that speaks etcd's v3 API, free of any transport. */
public sealed interface EtcdReply {

  /** Returns the store's revision in the reply's header. */
  long revision();

  /**
   * A key with its value, as found in the store.
   *
   * @param value the value
   * @param modRevision the revision that set it
   * @param version how often the key was set since it was created
   */
  record KeyValue(String value, long modRevision, long version) {}

  /**
   * The reply to {@link EtcdRequest.Range}.
   *
   * @param revision the store's revision
   * @param found what the key holds, or null if it does not exist
   */
  record Ranged(long revision, @Nullable KeyValue found) implements EtcdReply {}

  /**
   * The reply to {@link EtcdRequest.Put}.
   *
   * @param revision the revision of this very put
   */
  record PutDone(long revision) implements EtcdReply {}

  /**
   * The reply to a {@link EtcdRequest.PutIfValue}, or a {@link EtcdRequest.PutIfUnchanged}, whose
   * comparisons held.
   *
   * @param revision the revision of this very put
   */
  record Swapped(long revision) implements EtcdReply {}

  /**
   * The reply to a {@link EtcdRequest.PutIfValue} whose comparison did not hold.
   *
   * @param revision the store's revision
   * @param found what the key holds instead, or null if it does not exist
   */
  record Refused(long revision, @Nullable KeyValue found) implements EtcdReply {}

  /**
   * The reply to {@link EtcdRequest.Snapshot}.
   *
   * @param revision the store's revision
   * @param found what the keys hold, without those that do not exist
   */
  record Seen(long revision, Map<String, KeyValue> found) implements EtcdReply {
    public Seen {
      found = Map.copyOf(found);
    }
  }

  /**
   * The reply to a {@link EtcdRequest.PutIfUnchanged} of which a comparison did not hold.
   *
   * @param revision the store's revision
   */
  record Changed(long revision) implements EtcdReply {}
}
