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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      case EtcdRequest.Snapshot txn -> snapshot(kv, txn);
      case EtcdRequest.PutIfUnchanged txn -> putIfUnchanged(kv, txn).thenApply(Messages::written);
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

  /** A single key is read by a plain range, so that a server's own path for reads is used too. */
  private static CompletableFuture<EtcdReply> snapshot(KV kv, EtcdRequest.Snapshot request) {
    GetOption option = GetOption.builder().withSerializable(request.serializable()).build();
    if (request.keys().size() == 1) {
      return kv.get(bytes(request.keys().getFirst()), option)
          .thenApply(response -> seen(response.getHeader().getRevision(), List.of(response)));
    }
    return kv.txn()
        .Then(request.keys().stream().map(key -> Op.get(bytes(key), option)).toArray(Op[]::new))
        .commit()
        .thenApply(
            response -> seen(response.getHeader().getRevision(), response.getGetResponses()));
  }

  private static CompletableFuture<TxnResponse> putIfUnchanged(
      KV kv, EtcdRequest.PutIfUnchanged request) {
    return kv.txn()
        .If(
            request.guards().entrySet().stream()
                .map(guard ->
                    new Cmp(
                        bytes(guard.getKey()),
                        Cmp.Op.EQUAL,
                        CmpTarget.modRevision(guard.getValue())))
                .toArray(Cmp[]::new))
        .Then(
            request.puts().entrySet().stream()
                .map(put -> Op.put(bytes(put.getKey()), bytes(put.getValue()), PutOption.DEFAULT))
                .toArray(Op[]::new))
        .commit();
  }

  private static EtcdReply seen(long revision, List<GetResponse> ranges) {
    Map<String, EtcdReply.KeyValue> found = new LinkedHashMap<>();
    for (GetResponse range : ranges) {
      range
          .getKvs()
          .forEach(kv -> found.put(kv.getKey().toString(StandardCharsets.UTF_8), keyValue(kv)));
    }
    return new EtcdReply.Seen(revision, found);
  }

  private static EtcdReply written(TxnResponse response) {
    long revision = response.getHeader().getRevision();
    return response.isSucceeded()
        ? new EtcdReply.Swapped(revision)
        : new EtcdReply.Changed(revision);
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
