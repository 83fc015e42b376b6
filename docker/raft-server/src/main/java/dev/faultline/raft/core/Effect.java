package dev.faultline.raft.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that the shell has to do. Effects are carried out in the order in which they come. */
public sealed interface Effect {

  /**
   * Send {@code message} to {@code to}; may be lost, delayed, repeated. Every durable promise in it
   * is kept already.
   */
  record Send(NodeId to, Message message) implements Effect {}

  /**
   * Make this durable, in order with the others, then step with {@link Input.Persisted}. The core
   * keeps back what depends on it until then.
   *
   * @param sequence grows by one with each
   * @param hardState the new term and vote, or null if they are as they were
   * @param entries consecutive entries; they replace whatever the log has from the first one's
   *     index on. May be empty.
   */
  record Persist(long sequence, @Nullable HardState hardState, List<Entry> entries)
      implements Effect {

    public Persist {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Apply a committed entry to the state machine. Entries come in order, each once.
   *
   * @param duplicate whether the proposal took effect before, or its origin has been started anew
   *     since; the entry must then leave the state as it is
   */
  record Apply(Entry entry, boolean duplicate) implements Effect {}

  /** As leader, this node has appended a command to its log. Nothing is promised yet. */
  record Appended(Entry entry) implements Effect {}

  /**
   * A proposal of this node is given up.
   *
   * @param definite whether it is certain that it never takes effect
   */
  record ProposalDropped(long sequence, boolean definite) implements Effect {}

  /** Read {@code token} may be served now: everything up to {@code index} is applied. */
  record ReadReady(long token, long index) implements Effect {}

  /** Read {@code token} is given up. */
  record ReadDropped(long token) implements Effect {}

  /** Role, term or leader have changed. */
  record RoleChanged(Role role, long term, @Nullable NodeId leader) implements Effect {}
}
