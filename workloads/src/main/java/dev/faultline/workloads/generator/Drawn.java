package dev.faultline.workloads.generator;

/** Operations out of a function, for ever. */
record Drawn(OperationSource source) implements Generator {

  @Override
  public Step next(Context context) {
    if (context.free().isEmpty()) {
      return Step.Pending.untilEvent(this);
    }
    int thread = context.free().any(context.random());
    return new Step.Emit(new Invocation(context.nowNanos(), thread, source.draw(context)), this);
  }
}
