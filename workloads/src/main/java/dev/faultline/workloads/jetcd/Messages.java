package dev.faultline.workloads.jetcd;

import com.google.protobuf.ByteString;
import dev.faultline.workloads.etcd.EtcdReply;
import dev.faultline.workloads.etcd.EtcdRequest;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.PutResponse;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Our requests and replies as etcd's protocol buffers, field by field. */
final class Messages {

  private Messages() {}

  static RangeRequest range(EtcdRequest.Range request) {
    return range(request.key());
  }

  static PutRequest put(EtcdRequest.Put request) {
    return put(request.key(), request.value());
  }

  static TxnRequest txn(EtcdRequest.PutIfValue request) {
    return TxnRequest.newBuilder()
        .addCompare(
            Compare.newBuilder()
                .setKey(bytes(request.key()))
                .setTarget(Compare.CompareTarget.VALUE)
                .setResult(Compare.CompareResult.EQUAL)
                .setValue(bytes(request.expected())))
        .addSuccess(RequestOp.newBuilder().setRequestPut(put(request.key(), request.value())))
        .addFailure(RequestOp.newBuilder().setRequestRange(range(request.key())))
        .build();
  }

  static EtcdReply ranged(RangeResponse response) {
    return new EtcdReply.Ranged(response.getHeader().getRevision(), only(response));
  }

  static EtcdReply put(PutResponse response) {
    return new EtcdReply.PutDone(response.getHeader().getRevision());
  }

  static EtcdReply txn(TxnResponse response) {
    long revision = response.getHeader().getRevision();
    return response.getSucceeded()
        ? new EtcdReply.Swapped(revision)
        : new EtcdReply.Refused(revision, only(response.getResponses(0).getResponseRange()));
  }

  private static RangeRequest range(String key) {
    return RangeRequest.newBuilder().setKey(bytes(key)).build();
  }

  private static PutRequest put(String key, String value) {
    return PutRequest.newBuilder().setKey(bytes(key)).setValue(bytes(value)).build();
  }

  private static EtcdReply.@Nullable KeyValue only(RangeResponse response) {
    List<io.etcd.jetcd.api.KeyValue> found = response.getKvsList();
    return switch (found.size()) {
      case 0 -> null;
      case 1 -> keyValue(found.getFirst());
      default ->
          throw new IllegalStateException("a range over one key found " + found.size() + " keys");
    };
  }

  private static EtcdReply.KeyValue keyValue(io.etcd.jetcd.api.KeyValue found) {
    return new EtcdReply.KeyValue(
        found.getValue().toStringUtf8(), found.getModRevision(), found.getVersion());
  }

  private static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }
}
