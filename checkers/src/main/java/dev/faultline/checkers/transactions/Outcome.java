package dev.faultline.checkers.transactions;

/** What became of a transaction. */
enum Outcome {
  /** It committed. */
  OK(0),
  /** Nobody knows; it has committed if anyone saw what it wrote. */
  INFO(1),
  /** It did not commit and never will. */
  FAIL(2);

  private final byte code;

  Outcome(int code) {
    this.code = (byte) code;
  }

  /** Returns the byte that stands for it in a column. */
  byte code() {
    return code;
  }
}
