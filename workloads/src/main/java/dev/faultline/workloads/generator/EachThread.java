package dev.faultline.workloads.generator;

/** A copy of one generator for each thread, or for each process that a thread comes to be. */
record EachThread(Generator original, boolean perProcess) implements Generator {

  @Override
  public Step next(Context context) {
    int slots = context.threads().get(context.threads().size() - 1) + 1;
    return new Copies(original, perProcess, Slots.filled(slots, original)).next(context);
  }

  /** The same, once it is known which threads there are. Slots are by thread. */
  record Copies(Generator original, boolean perProcess, Slots copies) implements Generator {

    @Override
    public Step next(Context context) {
      ThreadSet threads = context.threads();
      Poll poll = new Poll(copies, context.nowNanos());
      int first = context.random().nextInt(threads.size());
      int thread = threads.get(first);
      for (int i = 0; i < threads.size(); i++) {
        Generator copy = copies.get(thread);
        if (!Unchanged.is(Nothing.INSTANCE, copy)) {
          Context own = context.within(ThreadSet.of(thread));
          if (poll.offer(thread, copy.next(own))) {
            break;
          }
        } else if (perProcess && !context.free().contains(thread)) {
          poll.skip(); // its operation may yet end the process, and the next one begins again
        }
        int following = threads.next(thread + 1);
        thread = following >= 0 ? following : threads.next(0);
      }
      return poll.result(left -> new Copies(original, perProcess, left));
    }

    @Override
    public Generator update(Context context, OperationEvent event) {
      int thread = event.thread();
      if (!context.threads().contains(thread)) {
        return this;
      }
      boolean renewed = perProcess && context.process(thread) != event.process();
      Generator updated =
          renewed
              ? original
              : copies.get(thread).update(context.within(ThreadSet.of(thread)), event);
      return Unchanged.is(copies.get(thread), updated)
          ? this
          : new Copies(original, perProcess, copies.with(thread, updated));
    }
  }
}
