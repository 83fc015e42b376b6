package dev.faultline.raft.core;

/** What a log entry carries. */
public sealed interface Payload {

  /** Nothing: the entry that a new leader opens its term with (paper, section 8). */
  record NoOp() implements Payload {}

  /**
   * A command for the state machine.
   *
   * @param id names the proposal
   * @param command opaque to consensus; not copied, never changed
   */
  @SuppressWarnings(
      "ArrayRecordComponent") // Opaque bytes are handed through; nobody compares payloads.
  record Command(ProposalId id, byte[] command) implements Payload {}
}
