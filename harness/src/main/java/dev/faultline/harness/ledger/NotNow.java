package dev.faultline.harness.ledger;

import java.io.IOException;

/**
 * What a dead harness has left cannot be looked at just now, because what it stands on is not there
 * either. It can do no harm meanwhile; the ledger is kept for later.
 */
public final class NotNow extends IOException {

  private static final long serialVersionUID = 1L;

  /** Makes one from what could not be looked at, and why. */
  public NotNow(String what, Throwable cause) {
    super(what, cause);
  }
}
