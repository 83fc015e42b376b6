package dev.faultline.workloads.etcd;

/** A request to a store that speaks etcd's v3 API, free of any transport. */
public sealed interface EtcdRequest {

  /** Returns the key that this is about. */
  String key();

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
}
