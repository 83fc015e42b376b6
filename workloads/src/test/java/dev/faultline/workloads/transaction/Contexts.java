package dev.faultline.workloads.transaction;

import dev.faultline.workloads.generator.Context;
import dev.faultline.workloads.generator.Processes;
import dev.faultline.workloads.generator.ThreadSet;
import java.util.random.RandomGenerator;

/** Moments at which generators are asked. */
final class Contexts {

  private Contexts() {}

  /** A moment at which every thread is free. */
  static Context idle(int threads, RandomGenerator random) {
    ThreadSet all = ThreadSet.range(0, threads);
    return new Context(0, all, all, Processes.initial(threads), random);
  }
}
