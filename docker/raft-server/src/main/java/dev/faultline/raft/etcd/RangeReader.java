package dev.faultline.raft.etcd;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import dev.faultline.raft.kv.KeyRange;
import dev.faultline.raft.kv.KeyValue;
import dev.faultline.raft.kv.KvView;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeRequest.SortOrder;
import io.etcd.jetcd.api.RangeRequest.SortTarget;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.ResponseHeader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Answers one range request from one view of the store.
 *
 * <p>The order of the steps is etcd's and shows: the count is that of the range, before filters and
 * limit; the filters come before the order, the order before the limit; and values are left out
 * last, so that they can be ordered by.
 */
final class RangeReader {

  private final RangeRequest request;

  RangeReader(RangeRequest request) {
    this.request = request;
  }

  RangeResponse read(KvView view) {
    KeyRange range = Protos.range(request.getKey(), request.getRangeEnd());
    RangeResponse.Builder response =
        RangeResponse.newBuilder()
            .setHeader(ResponseHeader.newBuilder().setRevision(view.revision()))
            .setCount(view.count(range));
    if (request.getCountOnly()) {
      return response.build();
    }
    List<KeyValue> found = select(view, range);
    int kept = found.size();
    if (request.getLimit() > 0 && kept > request.getLimit()) {
      kept = (int) request.getLimit();
      response.setMore(true);
    }
    for (KeyValue keyValue : found.subList(0, kept)) {
      response.addKvs(
          request.getKeysOnly() ? Protos.withoutValue(keyValue) : Protos.keyValue(keyValue));
    }
    return response.build();
  }

  /** Returns what passes the filters, in order; one more than the limit if there is one more. */
  private List<KeyValue> select(KvView view, KeyRange range) {
    boolean sorted = isSorted();
    long most = request.getLimit() > 0 && !sorted ? request.getLimit() + 1 : Long.MAX_VALUE;
    List<KeyValue> found = new ArrayList<>();
    view.forEach(
        range,
        keyValue -> {
          if (passes(keyValue)) {
            found.add(keyValue);
          }
          return found.size() < most;
        });
    if (sorted) {
      found.sort(order());
    }
    return found;
  }

  private boolean passes(KeyValue keyValue) {
    return isWithin(
            keyValue.modRevision(), request.getMinModRevision(), request.getMaxModRevision())
        && isWithin(
            keyValue.createRevision(),
            request.getMinCreateRevision(),
            request.getMaxCreateRevision());
  }

  /** Zero stands for no bound. */
  private static boolean isWithin(long revision, long min, long max) {
    return (min == 0 || revision >= min) && (max == 0 || revision <= max);
  }

  /** Tells whether the order is another than the store's own, ascending by key. */
  private boolean isSorted() {
    return request.getSortOrder() == SortOrder.DESCEND || request.getSortTarget() != SortTarget.KEY;
  }

  /** A target other than the key is sorted by even if no order is asked for, as etcd does. */
  private Comparator<KeyValue> order() {
    Comparator<KeyValue> ascending =
        switch (request.getSortTarget()) {
          case KEY -> comparing(KeyValue::key);
          case VERSION -> comparingLong(KeyValue::version);
          case CREATE -> comparingLong(KeyValue::createRevision);
          case MOD -> comparingLong(KeyValue::modRevision);
          case VALUE -> comparing(KeyValue::value);
          case UNRECOGNIZED -> throw new IllegalArgumentException("unchecked sort target");
        };
    return request.getSortOrder() == SortOrder.DESCEND ? ascending.reversed() : ascending;
  }
}
