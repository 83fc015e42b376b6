package dev.faultline.checkers.transactions;

import java.util.function.IntFunction;

/** A source of dependencies; every visit gives the same ones in the same order. */
interface Dependencies {

  /** Hands every dependency to {@code sink}; some more than once, some of one transaction alone. */
  void visit(DependencySink sink);

  /**
   * Says how it is known that the version which one micro-operation read or wrote came before the
   * one that another wrote: nothing if both show it by themselves.
   *
   * @param first a micro-operation that a dependency comes from
   * @param second the write that it leads to
   * @param names what transactions are called
   */
  default String order(int first, int second, IntFunction<String> names) {
    return "";
  }
}
