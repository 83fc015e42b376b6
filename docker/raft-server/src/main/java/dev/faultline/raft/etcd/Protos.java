package dev.faultline.raft.etcd;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.faultline.raft.kv.Bytes;
import dev.faultline.raft.kv.KeyRange;
import dev.faultline.raft.kv.KeyValue;

/** Translates between the store's types and those of etcd's protocol. */
final class Protos {

  private Protos() {}

  static Bytes bytes(ByteString bytes) {
    return Bytes.takingOver(bytes.toByteArray());
  }

  static KeyRange range(ByteString key, ByteString rangeEnd) {
    return KeyRange.of(bytes(key), bytes(rangeEnd));
  }

  /** Wraps without a copy: both sides are immutable. */
  static ByteString byteString(Bytes bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes.asReadOnlyBuffer());
  }

  static io.etcd.jetcd.api.KeyValue keyValue(KeyValue keyValue) {
    return withoutValue(keyValue).toBuilder().setValue(byteString(keyValue.value())).build();
  }

  static io.etcd.jetcd.api.KeyValue withoutValue(KeyValue keyValue) {
    return io.etcd.jetcd.api.KeyValue.newBuilder()
        .setKey(byteString(keyValue.key()))
        .setCreateRevision(keyValue.createRevision())
        .setModRevision(keyValue.modRevision())
        .setVersion(keyValue.version())
        .build();
  }
}
