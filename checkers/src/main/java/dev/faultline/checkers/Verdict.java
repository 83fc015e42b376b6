package dev.faultline.checkers;

/** What a checker found: VALID, INVALID, or UNKNOWN with the reason. */
public sealed interface Verdict {

  /** Returns VALID. */
  static Verdict valid() {
    return new Valid();
  }

  /** Returns INVALID. */
  static Verdict invalid() {
    return new Invalid();
  }

  /** Returns UNKNOWN for {@code reason}. */
  static Verdict unknown(String reason) {
    return new Unknown(reason);
  }

  /** Nothing wrong was found, and enough was looked at to say so. */
  record Valid() implements Verdict {}

  /** A promise was broken; the evidence is beside it. */
  record Invalid() implements Verdict {}

  /**
   * Neither could be proved.
   *
   * @param reason why, as a clause that a user can act on
   */
  record Unknown(String reason) implements Verdict {}

  /** Returns the word for this verdict: {@code VALID}, {@code INVALID} or {@code UNKNOWN}. */
  default String word() {
    return switch (this) {
      case Valid() -> "VALID";
      case Invalid() -> "INVALID";
      case Unknown _ -> "UNKNOWN";
    };
  }

  /** Returns the worse of two verdicts: a violation outranks unknown, unknown outranks valid. */
  default Verdict and(Verdict other) {
    if (this instanceof Invalid || other instanceof Valid) {
      return this;
    }
    return other instanceof Invalid || this instanceof Valid ? other : this;
  }
}
