package dev.faultline.raft.etcd;

import dev.faultline.raft.kv.Bytes;
import dev.faultline.raft.kv.KeyRange;
import dev.faultline.raft.kv.KeyValue;
import dev.faultline.raft.kv.KvView;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.Compare.CompareTarget;

/**
 * Decides one comparison of a transaction.
 *
 * <p>Over a range it holds if it holds for every key there. A key that does not exist has version,
 * revisions and lease 0, so that "version = 0" means "does not exist"; but it has no value, so that
 * a comparison of its value never holds, not even with the empty value.
 */
final class Comparison {

  private static final KeyValue ABSENT = new KeyValue(Bytes.EMPTY, Bytes.EMPTY, 0, 0, 0);

  /** Leases are not supported yet, so every key has none. */
  private static final long NO_LEASE = 0;

  /** The number of the target "lease" in etcd's protocol, which jetcd's stubs lack. */
  private static final int LEASE_TARGET = 4;

  /** The field of the lease to compare with, which jetcd's stubs lack. */
  private static final int LEASE_FIELD = 8;

  private final Compare compare;
  private final Bytes value;

  Comparison(Compare compare) {
    this.compare = compare;
    this.value = Protos.bytes(compare.getValue());
  }

  boolean holds(KvView view) {
    KeyRange range = Protos.range(compare.getKey(), compare.getRangeEnd());
    if (view.count(range) == 0) {
      return compare.getTarget() != CompareTarget.VALUE && holdsFor(ABSENT);
    }
    boolean[] all = {true};
    view.forEach(range, keyValue -> all[0] = holdsFor(keyValue));
    return all[0];
  }

  private boolean holdsFor(KeyValue actual) {
    int order =
        switch (compare.getTarget()) {
          case VALUE -> actual.value().compareTo(value);
          case CREATE -> Long.compare(actual.createRevision(), compare.getCreateRevision());
          case MOD -> Long.compare(actual.modRevision(), compare.getModRevision());
          case VERSION -> Long.compare(actual.version(), compare.getVersion());
          case UNRECOGNIZED ->
              compare.getTargetValue() == LEASE_TARGET ? Long.compare(NO_LEASE, lease()) : 0;
        };
    return switch (compare.getResult()) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case GREATER -> order > 0;
      case LESS -> order < 0;
      // What etcd does with a result that it does not know.
      case UNRECOGNIZED -> true;
    };
  }

  private long lease() {
    return compare.getUnknownFields().getField(LEASE_FIELD).getVarintList().stream()
        .reduce(NO_LEASE, (_, last) -> last);
  }
}
