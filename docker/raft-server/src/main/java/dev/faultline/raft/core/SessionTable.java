package dev.faultline.raft.core;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which proposals have taken effect (thesis, section 6.3).
 *
 * <p>A function of the applied log alone, hence the same on every node. For each origin it knows
 * the newest incarnation, the lowest sequence that this incarnation may still await, and which of
 * the sequences from there on are applied. What is older is over: answered, given up, or lost
 * together with the incarnation that asked, so that it must not take effect any more.
 */
final class SessionTable {

  private final Map<NodeId, Session> sessions = new HashMap<>();

  /** Notes that {@code id} is applied, and tells whether it must be left out. */
  boolean isDuplicate(ProposalId id) {
    Session session = sessions.get(id.origin());
    if (session == null || session.incarnation < id.incarnation()) {
      session = new Session(id.incarnation(), id.firstPending());
      sessions.put(id.origin(), session);
    }
    return id.incarnation() < session.incarnation || !session.add(id);
  }

  /** Returns how many sequences are remembered for {@code origin}. */
  int remembered(NodeId origin) {
    @Nullable Session session = sessions.get(origin);
    return session == null ? 0 : session.applied.length();
  }

  private static final class Session {

    /** How many bits may be out of use before the others are moved down; amortises the moving. */
    private static final int SLACK = 1024;

    final long incarnation;
    private long firstPending;

    /** The sequence of bit 0. */
    private long base;

    BitSet applied = new BitSet();

    Session(long incarnation, long firstPending) {
      this.incarnation = incarnation;
      this.firstPending = firstPending;
      base = firstPending;
    }

    /** Returns whether the sequence is new. */
    boolean add(ProposalId id) {
      firstPending = Math.max(firstPending, id.firstPending());
      if (firstPending - base > SLACK) {
        int moved = Math.toIntExact(firstPending - base);
        applied = applied.get(moved, Math.max(moved, applied.length()));
        base = firstPending;
      }
      if (id.sequence() < firstPending) {
        return false;
      }
      int bit = Math.toIntExact(id.sequence() - base);
      boolean isNew = !applied.get(bit);
      applied.set(bit);
      return isNew;
    }
  }
}
