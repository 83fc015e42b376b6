package dev.faultline.workloads.generator;

import dev.faultline.workloads.client.Operation;

/** Draws one operation after the other; pure but for the context's randomness. */
@FunctionalInterface
public interface OperationSource {

  /** Returns an operation. */
  Operation draw(Context context);
}
