package dev.faultline.workloads.jetcd;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;

/** A Vert.x that several clients share: whoever closes this view leaves the real one running. */
final class VertxView extends VertxWrapper {

  VertxView(Vertx shared) {
    super((VertxInternal) shared);
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
