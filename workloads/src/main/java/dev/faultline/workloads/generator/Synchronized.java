package dev.faultline.workloads.generator;

/** A barrier: nothing until every thread is idle, and from then on what lies behind it. */
record Synchronized(Generator inner) implements Generator {

  @Override
  public Step next(Context context) {
    return context.isIdle() ? inner.next(context) : Step.Pending.untilEvent(this);
  }
}
