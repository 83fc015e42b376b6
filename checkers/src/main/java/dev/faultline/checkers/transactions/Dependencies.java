package dev.faultline.checkers.transactions;

/** A source of dependencies; every visit gives the same ones in the same order. */
interface Dependencies {

  /** Hands every dependency to {@code sink}; some more than once, some of one transaction alone. */
  void visit(DependencySink sink);
}
