package dev.faultline.workloads.jetcd;

import dev.faultline.workloads.etcd.EtcdReply;
import dev.faultline.workloads.etcd.EtcdRequest;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.PutResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Our requests and replies in jetcd's words. */
final class Messages {

  private Messages() {}

  /** Makes the one call that {@code request} stands for. */
  static CompletableFuture<EtcdReply> send(KV kv, EtcdRequest request) {
    return switch (request) {
      case EtcdRequest.Range range -> kv.get(bytes(range.key())).thenApply(Messages::ranged);
      case EtcdRequest.Put put ->
          kv.put(bytes(put.key()), bytes(put.value())).thenApply(Messages::put);
      case EtcdRequest.PutIfValue txn -> putIfValue(kv, txn).thenApply(Messages::txn);
    };
  }

  private static CompletableFuture<TxnResponse> putIfValue(KV kv, EtcdRequest.PutIfValue request) {
    ByteSequence key = bytes(request.key());
    return kv.txn()
        .If(new Cmp(key, Cmp.Op.EQUAL, CmpTarget.value(bytes(request.expected()))))
        .Then(Op.put(key, bytes(request.value()), PutOption.DEFAULT))
        .Else(Op.get(key, GetOption.DEFAULT))
        .commit();
  }

  private static EtcdReply ranged(GetResponse response) {
    return new EtcdReply.Ranged(response.getHeader().getRevision(), only(response));
  }

  private static EtcdReply put(PutResponse response) {
    return new EtcdReply.PutDone(response.getHeader().getRevision());
  }

  private static EtcdReply txn(TxnResponse response) {
    long revision = response.getHeader().getRevision();
    return response.isSucceeded()
        ? new EtcdReply.Swapped(revision)
        : new EtcdReply.Refused(revision, only(response.getGetResponses().getFirst()));
  }

  private static EtcdReply.@Nullable KeyValue only(GetResponse response) {
    List<io.etcd.jetcd.KeyValue> found = response.getKvs();
    return switch (found.size()) {
      case 0 -> null;
      case 1 -> keyValue(found.getFirst());
      default ->
          throw new IllegalStateException("a range over one key found " + found.size() + " keys");
    };
  }

  private static EtcdReply.KeyValue keyValue(io.etcd.jetcd.KeyValue found) {
    return new EtcdReply.KeyValue(
        found.getValue().toString(StandardCharsets.UTF_8),
        found.getModRevision(),
        found.getVersion());
  }

  private static ByteSequence bytes(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }
}
