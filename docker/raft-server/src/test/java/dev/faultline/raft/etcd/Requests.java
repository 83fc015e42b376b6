package dev.faultline.raft.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.Compare.CompareResult;
import io.etcd.jetcd.api.Compare.CompareTarget;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;

/** Short words for requests. */
final class Requests {

  private Requests() {}

  static ByteString utf8(String text) {
    return ByteString.copyFromUtf8(text);
  }

  static PutRequest put(String key, String value) {
    return PutRequest.newBuilder().setKey(utf8(key)).setValue(utf8(value)).build();
  }

  static RangeRequest get(String key) {
    return RangeRequest.newBuilder().setKey(utf8(key)).build();
  }

  static RangeRequest.Builder range(String key, String end) {
    return RangeRequest.newBuilder().setKey(utf8(key)).setRangeEnd(utf8(end));
  }

  static DeleteRangeRequest delete(String key) {
    return DeleteRangeRequest.newBuilder().setKey(utf8(key)).build();
  }

  static DeleteRangeRequest deleteRange(String key, String end) {
    return delete(key).toBuilder().setRangeEnd(utf8(end)).build();
  }

  static RequestOp op(PutRequest request) {
    return RequestOp.newBuilder().setRequestPut(request).build();
  }

  static RequestOp op(RangeRequest request) {
    return RequestOp.newBuilder().setRequestRange(request).build();
  }

  static RequestOp op(DeleteRangeRequest request) {
    return RequestOp.newBuilder().setRequestDeleteRange(request).build();
  }

  static RequestOp op(TxnRequest request) {
    return RequestOp.newBuilder().setRequestTxn(request).build();
  }

  static Compare version(String key, CompareResult result, long version) {
    return compare(key, CompareTarget.VERSION, result).setVersion(version).build();
  }

  static Compare value(String key, CompareResult result, String value) {
    return compare(key, CompareTarget.VALUE, result).setValue(utf8(value)).build();
  }

  static Compare.Builder compare(String key, CompareTarget target, CompareResult result) {
    return Compare.newBuilder().setKey(utf8(key)).setTarget(target).setResult(result);
  }
}
