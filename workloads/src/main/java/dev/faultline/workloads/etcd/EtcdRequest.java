package dev.faultline.workloads.etcd;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request to a store that speaks etcd's v3 API, free of any transport. */
public sealed interface EtcdRequest {

  /**
   * Range over one key at the current revision, linearizably.
   *
   * @param key the key
   */
  record Range(String key) implements EtcdRequest {}

  /**
   * Put.
   *
   * @param key the key
   * @param value the value that it is to have
   */
  record Put(String key, String value) implements EtcdRequest {}

  /**
   * Txn: compares the key's VALUE for equality, then puts, else ranges over the key. A key that
   * does not exist equals nothing.
   *
   * @param key the key
   * @param expected the value that the key must have
   * @param value the value that it is to have
   */
  record PutIfValue(String key, String expected, String value) implements EtcdRequest {}

  /**
   * Txn that ranges over several keys at one revision.
   *
   * @param keys the keys, each once
   * @param serializable whether the node may answer from its own state, which may be old
   */
  record Snapshot(List<String> keys, boolean serializable) implements EtcdRequest {
    public Snapshot {
      keys = List.copyOf(keys);
    }
  }

  /**
   * Txn: compares the MOD revision of several keys for equality, then puts several keys.
   *
   * @param guards the mod revision that each key must have; 0 for one that must not exist
   * @param puts the value that each key is to have
   */
  record PutIfUnchanged(Map<String, Long> guards, Map<String, String> puts) implements EtcdRequest {
    public PutIfUnchanged {
      guards = Collections.unmodifiableMap(new LinkedHashMap<>(guards));
      puts = Collections.unmodifiableMap(new LinkedHashMap<>(puts));
    }
  }
}
