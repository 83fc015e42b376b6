package dev.faultline.checkers.transactions;

import static java.util.Map.entry;

import java.util.Map;

/** The cases of the golden set on which we differ from Elle, each with its reason. */
final class GoldenDeviations {

  static final Map<String, Deviation> TABLE =
      Map.ofEntries(
          entry("hand/la/G1a-middle", Deviation.ABORTED_BETWEEN),
          entry("hand/rw/future-read-self", Deviation.FUTURE_READ),
          entry("hand/rw/valid-info", Deviation.UNKNOWN_OUTCOME),
          entry("noise/la/124/repeatable-read", Deviation.ABORTED_BETWEEN),
          entry("noise/la/351", Deviation.NIL_AND_EMPTY),
          entry("noise/la/413/strong-session-read-committed", Deviation.NIL_AND_EMPTY),
          entry("noise/la/425/strong-read-committed", Deviation.ABORTED_BETWEEN),
          entry("noise/la/682", Deviation.NIL_AND_EMPTY),
          entry("noise/la/709/repeatable-read", Deviation.ABORTED_BETWEEN),
          entry("noise/la/760", Deviation.NIL_AND_EMPTY),
          entry("noise/la/861/strong-session-snapshot-isolation", Deviation.ABORTED_BETWEEN),
          entry("noise/la/875/serializable", Deviation.NIL_AND_EMPTY),
          entry("noise/rw/208", Deviation.KEPT_FOR_OTHER_KEYS),
          entry("noise/rw/302/strong-session-snapshot-isolation", Deviation.NO_DEPENDENCIES),
          entry("noise/rw/31/snapshot-isolation", Deviation.NO_DEPENDENCIES),
          entry("noise/rw/313/strong-session-serializable", Deviation.NIL_BEFORE_WRITE),
          entry("rare/rw/lost_write/119", Deviation.KEPT_FOR_OTHER_KEYS),
          entry("rare/rw/si_session/109/serializable", Deviation.UNKNOWN_OUTCOME),
          entry(
              "rare/rw/si_stale/115/strong-session-snapshot-isolation", Deviation.UNKNOWN_OUTCOME),
          entry(
              "rare/rw/ssi_stale_ro/115/strong-session-snapshot-isolation",
              Deviation.UNKNOWN_OUTCOME),
          entry("sim/la/aborted_visible/0/snapshot-isolation", Deviation.ABORTED_BETWEEN),
          entry("sim/la/ru/4", Deviation.ABORTED_BETWEEN),
          entry("sim/la/ru_noundo/0", Deviation.ABORTED_BETWEEN),
          entry("sim/la/ru_noundo/0/read-uncommitted", Deviation.ABORTED_BETWEEN),
          entry("sim/la/split_brain/1", Deviation.AMBIGUOUS_ORDER),
          entry("sim/rw/async_ack/6", Deviation.KEPT_FOR_OTHER_KEYS),
          entry("sim/rw/dup/4", Deviation.UNKNOWN_OUTCOME),
          entry("sim/rw/fractured/3", Deviation.UNKNOWN_OUTCOME),
          entry("sim/rw/future/6", Deviation.FUTURE_READ),
          entry("sim/rw/lost_write/5", Deviation.KEPT_FOR_OTHER_KEYS),
          entry("sim/rw/multimaster/7", Deviation.KEPT_FOR_OTHER_KEYS),
          entry("sim/rw/nonrepeatable/4/parallel-snapshot-isolation", Deviation.UNKNOWN_OUTCOME),
          entry("sim/rw/prefix/7", Deviation.UNKNOWN_OUTCOME),
          entry("sim/rw/psi/6", Deviation.UNKNOWN_OUTCOME),
          entry("sim/rw/psi/6/update-serializable", Deviation.UNKNOWN_OUTCOME),
          entry("sim/rw/rc/6", Deviation.UNKNOWN_OUTCOME),
          entry("sim/rw/rc/6/strong-snapshot-isolation", Deviation.UNKNOWN_OUTCOME),
          entry("sim/rw/ru/4", Deviation.UNKNOWN_OUTCOME),
          entry("sim/rw/ru/4/strong-snapshot-isolation", Deviation.UNKNOWN_OUTCOME),
          entry("sim/rw/serial/0/strong-snapshot-isolation", Deviation.UNKNOWN_OUTCOME),
          entry("sim/rw/si/7", Deviation.UNKNOWN_OUTCOME),
          entry("sim/rw/si_stale/1", Deviation.KEPT_FOR_OTHER_KEYS),
          entry("sim/rw/si_stale/4", Deviation.KEPT_FOR_OTHER_KEYS),
          entry("sim/rw/si_stale/4/snapshot-isolation", Deviation.KEPT_FOR_OTHER_KEYS),
          entry("sim/rw/split_brain/0", Deviation.UNKNOWN_OUTCOME),
          entry("sim/rw/split_brain/0/cursor-stability", Deviation.UNKNOWN_OUTCOME),
          entry("sim/rw/ssi/3", Deviation.UNKNOWN_OUTCOME),
          entry("sim/rw/ssi_stale_ro/1", Deviation.UNKNOWN_OUTCOME),
          entry("sim/rw/ssi_stale_ro/5", Deviation.UNKNOWN_OUTCOME),
          entry("sim/rw/ssi_stale_ro/6/repeatable-read", Deviation.UNKNOWN_OUTCOME));

  private GoldenDeviations() {}
}
