package dev.faultline.workloads.jetcd;

import dev.faultline.workloads.etcd.CallFailure;
import dev.faultline.workloads.etcd.EtcdReply;

/** How a call ended. */
sealed interface Answer {

  /** The server replied. */
  record Replied(EtcdReply reply) implements Answer {}

  /** It did not. */
  record Failed(CallFailure failure) implements Answer {}
}
