package dev.faultline.results;

import dev.faultline.checkers.Verdict;
import java.util.Collection;
import java.util.Comparator;

/**
 * What a command tells the shell. The constants stand in the order in which they outrank each other
 * when one command covers several files or runs: the first one counts.
 *
 * <p>A defect of Faultline itself comes before a violation, because after it nothing that was said
 * can be trusted. An interruption and an environment that is not ready leave something unproved, so
 * they come just before {@link #UNKNOWN}.
 */
public enum ExitCode {
  /** Faultline itself failed. */
  INTERNAL_ERROR(255),
  /** A promise was broken, the system did not recover, or a node exited unasked. */
  INVALID(1),
  /** An argument, a scenario, a plan or a history could not be understood. */
  BAD_INPUT(254),
  /** The user, or the system, asked it to stop. */
  INTERRUPTED(130),
  /** The environment lacked something, before anything was started. */
  NOT_READY(4),
  /** Neither proved nor refuted; also a cluster or a disk that was lost in mid-run. */
  UNKNOWN(2),
  /** Every promise was kept, but a declared limit was missed. */
  LIMIT_MISSED(3),
  /** Every promise was kept. */
  VALID(0);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  /** Returns the exit status, 0 to 255. */
  public int status() {
    return status;
  }

  /** Returns the exit code for a verdict. */
  public static ExitCode of(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Valid() -> VALID;
      case Verdict.Invalid() -> INVALID;
      case Verdict.Unknown _ -> UNKNOWN;
    };
  }

  /** Returns the one of {@code codes} that counts; {@link #VALID} if there is none. */
  public static ExitCode worst(Collection<ExitCode> codes) {
    return codes.stream().min(Comparator.naturalOrder()).orElse(VALID);
  }
}
