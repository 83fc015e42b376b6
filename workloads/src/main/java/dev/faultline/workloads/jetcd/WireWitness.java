package dev.faultline.workloads.jetcd;

import io.grpc.Attributes;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;

/** Notes whether a connection has taken up the one call that it is given to. Thread-safe. */
final class WireWitness extends ClientStreamTracer.Factory {

  private volatile boolean sent;

  @Override
  public ClientStreamTracer newClientStreamTracer(
      ClientStreamTracer.StreamInfo info, Metadata headers) {
    return new ClientStreamTracer() {
      @Override
      public void streamCreated(Attributes connection, Metadata requestHeaders) {
        sent = true;
      }
    };
  }

  /**
   * Tells whether any part of the request may have left this process. Final once the call ended.
   */
  boolean sent() {
    return sent;
  }
}
