package dev.faultline.checkers.transactions;

/** From where it is known that one version of a register came before another. */
enum VersionSource {
  /** Every version follows the initial state. */
  INITIAL_STATE,
  /** The system told at which revision each version came to be. */
  MOD_REVISIONS,
  /** A transaction that reads a register and writes it is said to have read an earlier version. */
  WFR_KEYS,
  /** Each register is said to be sequentially consistent: no process sees it go back. */
  SEQUENTIAL_KEYS,
  /** Each register is said to be linearizable: nobody sees it go back in real time. */
  LINEARIZABLE_KEYS
}
