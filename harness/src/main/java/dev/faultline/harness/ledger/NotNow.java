package dev.faultline.harness.ledger;

import java.io.IOException;

/**
 * What a dead harness has left cannot be taken away just now: what it stands on is not there, or
 * does not obey. It is in nobody's way meanwhile; the ledger is kept for later.
 */
public final class NotNow extends IOException {

  private static final long serialVersionUID = 1L;

  /** Makes one from what could not be taken away, and why. */
  public NotNow(String what, Throwable cause) {
    super(what, cause);
  }
}
