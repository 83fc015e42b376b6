package dev.faultline.workloads.generator;

import dev.faultline.workloads.client.Operation;
import java.util.List;

/** Some operations, one after the other. */
record Listed(List<Operation> operations, int index) implements Generator {

  @Override
  public Step next(Context context) {
    if (index == operations.size()) {
      return Step.DONE;
    }
    if (context.free().isEmpty()) {
      return Step.Pending.untilEvent(this);
    }
    Invocation invocation =
        new Invocation(
            context.nowNanos(), context.free().any(context.random()), operations.get(index));
    return new Step.Emit(invocation, new Listed(operations, index + 1));
  }
}
