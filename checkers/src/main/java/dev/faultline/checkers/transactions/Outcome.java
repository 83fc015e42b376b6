package dev.faultline.checkers.transactions;

/** What became of a transaction. */
enum Outcome {
  /** It committed. */
  OK,
  /** Nobody knows; it has committed if anyone saw what it wrote. */
  INFO,
  /** It did not commit and never will. */
  FAIL
}
