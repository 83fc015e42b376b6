package dev.faultline.raft.etcd;

import static dev.faultline.raft.etcd.Requests.delete;
import static dev.faultline.raft.etcd.Requests.deleteRange;
import static dev.faultline.raft.etcd.Requests.op;
import static dev.faultline.raft.etcd.Requests.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class TxnKeysTest {

  @Test
  void onePutPerKey() {
    refused(op(put("a", "1")), op(put("a", "2")));
    allowed(op(put("a", "1")), op(put("b", "2")));
  }

  @Test
  void noPutOfADeletedKey() {
    refused(op(put("b", "1")), op(deleteRange("a", "c")));
    refused(op(delete("a")), op(put("a", "1")));
    allowed(op(put("c", "1")), op(deleteRange("a", "c")));
  }

  @Test
  void deletionsMayOverlap() {
    allowed(op(deleteRange("a", "c")), op(delete("b")));
  }

  @Test
  void bothBranchesMayPutTheSameKey() {
    RequestOp nested =
        op(
            TxnRequest.newBuilder()
                .addSuccess(op(put("a", "1")))
                .addFailure(op(put("a", "2")))
                .build());
    allowed(nested, op(put("b", "1")));
    refused(nested, op(put("a", "3")));
    refused(nested, op(delete("a")));
    refused(nested, nested);
  }

  @Test
  void deletionsFurtherInCount() {
    RequestOp nested = op(TxnRequest.newBuilder().addFailure(op(deleteRange("a", "c"))).build());
    refused(nested, op(put("b", "1")));
  }

  private static void refused(RequestOp... ops) {
    assertThat(catchThrowableOfType(EtcdException.class, () -> TxnKeys.check(success(ops))))
        .isNotNull()
        .extracting(EtcdException::error)
        .isEqualTo(EtcdError.DUPLICATE_KEY);
    assertThat(catchThrowableOfType(EtcdException.class, () -> TxnKeys.check(failure(ops))))
        .isNotNull();
  }

  private static void allowed(RequestOp... ops) {
    assertThatCode(() -> TxnKeys.check(success(ops))).doesNotThrowAnyException();
  }

  private static TxnRequest success(RequestOp... ops) {
    return TxnRequest.newBuilder().addAllSuccess(List.of(ops)).build();
  }

  private static TxnRequest failure(RequestOp... ops) {
    return TxnRequest.newBuilder().addAllFailure(List.of(ops)).build();
  }
}
