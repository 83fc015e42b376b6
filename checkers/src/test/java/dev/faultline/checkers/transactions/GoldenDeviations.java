package dev.faultline.checkers.transactions;

import static java.util.Map.entry;

import java.util.Map;

/** The cases of the golden set on which we differ from Elle, each with its reason. */
final class GoldenDeviations {

  static final Map<String, Deviation> TABLE =
      Map.ofEntries(
          entry("hand/la/G1a-middle", Deviation.ORDER_ACROSS_ABORTED),
          entry("hand/rw/future-read-self", Deviation.FUTURE_READ),
          entry("hand/rw/valid-info", Deviation.UNKNOWN_WRITES),
          entry("noise/la/124/repeatable-read", Deviation.ORDER_ACROSS_ABORTED),
          entry("noise/la/351", Deviation.NIL_AND_EMPTY),
          entry("noise/la/413/strong-session-read-committed", Deviation.NIL_AND_EMPTY),
          entry("noise/la/425/strong-read-committed", Deviation.ORDER_ACROSS_ABORTED),
          entry("noise/la/682", Deviation.NIL_AND_EMPTY),
          entry("noise/la/709/repeatable-read", Deviation.ORDER_ACROSS_ABORTED),
          entry("noise/la/760", Deviation.NIL_AND_EMPTY),
          entry("noise/la/861/strong-session-snapshot-isolation", Deviation.ORDER_ACROSS_ABORTED),
          entry("noise/la/875/serializable", Deviation.NIL_AND_EMPTY),
          entry("noise/rw/31/snapshot-isolation", Deviation.ONLY_ITSELF),
          entry("rare/rw/si_session/109/serializable", Deviation.UNKNOWN_WRITES),
          entry("rare/rw/si_stale/115/strong-session-snapshot-isolation", Deviation.UNKNOWN_WRITES),
          entry(
              "rare/rw/ssi_stale_ro/115/strong-session-snapshot-isolation",
              Deviation.UNKNOWN_WRITES),
          entry("sim/la/aborted_visible/0/snapshot-isolation", Deviation.ORDER_ACROSS_ABORTED),
          entry("sim/la/ru/4", Deviation.ORDER_ACROSS_ABORTED),
          entry("sim/la/ru_noundo/0", Deviation.ORDER_ACROSS_ABORTED),
          entry("sim/la/ru_noundo/0/read-uncommitted", Deviation.ORDER_ACROSS_ABORTED),
          entry("sim/la/split_brain/1", Deviation.TIE),
          entry("sim/rw/dup/4", Deviation.UNKNOWN_WRITES),
          entry("sim/rw/fractured/3", Deviation.UNKNOWN_WRITES),
          entry("sim/rw/future/6", Deviation.FUTURE_READ),
          entry("sim/rw/nonrepeatable/4/parallel-snapshot-isolation", Deviation.UNKNOWN_WRITES),
          entry("sim/rw/nonrepeatable/5", Deviation.LATER_READS),
          entry("sim/rw/prefix/7", Deviation.UNKNOWN_WRITES),
          entry("sim/rw/psi/6", Deviation.UNKNOWN_WRITES),
          entry("sim/rw/psi/6/update-serializable", Deviation.UNKNOWN_WRITES),
          entry("sim/rw/rc/0/read-committed", Deviation.LATER_READS),
          entry("sim/rw/rc/6", Deviation.LATER_READS),
          entry("sim/rw/rc/6/strong-snapshot-isolation", Deviation.LATER_READS),
          entry("sim/rw/ru/2", Deviation.LATER_READS),
          entry("sim/rw/ru/4", Deviation.UNKNOWN_WRITES),
          entry("sim/rw/ru/4/strong-snapshot-isolation", Deviation.UNKNOWN_WRITES),
          entry("sim/rw/ru_noundo/3", Deviation.LATER_READS),
          entry("sim/rw/serial/0/strong-snapshot-isolation", Deviation.UNKNOWN_WRITES),
          entry("sim/rw/si/7", Deviation.UNKNOWN_WRITES),
          entry("sim/rw/split_brain/0", Deviation.UNKNOWN_WRITES),
          entry("sim/rw/split_brain/0/cursor-stability", Deviation.UNKNOWN_WRITES),
          entry("sim/rw/ssi/3", Deviation.UNKNOWN_WRITES),
          entry("sim/rw/ssi_stale_ro/1", Deviation.UNKNOWN_WRITES),
          entry("sim/rw/ssi_stale_ro/5", Deviation.UNKNOWN_WRITES),
          entry("sim/rw/ssi_stale_ro/6/repeatable-read", Deviation.UNKNOWN_WRITES));

  private GoldenDeviations() {}
}
