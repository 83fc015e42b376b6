package dev.faultline.harness.nemesis;

import dev.faultline.nemeses.fault.ActiveFault;

/**
 * Remembers, beyond the life of the harness, what must be mended. Every method is called on the
 * loop.
 */
public interface FaultLedger {

  /** Notes a fault's targets, before anything is done to them. */
  void touching(ActiveFault fault);

  /** Notes that everything the fault had touched was seen to be back. */
  void healed(String id);
}
