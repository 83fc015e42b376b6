package dev.faultline.raft.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Watches what the nodes of a group do, with an eye that sees all of them, and fails at the first
 * step that breaks a property of the paper's figure 3. It remembers across restarts what a node
 * must not forget.
 *
 * <p>It is told of facts, not of nodes, so that its own tests can tell it lies.
 */
public final class SafetyOracle {

  /** A broken property. */
  public static final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    Violation(String message) {
      super(message);
    }
  }

  private record NodeTerm(NodeId node, long term) {}

  private record Place(long index, long term) {}

  private record Logged(long previousTerm, Object identity) {}

  private record Applied(Entry entry, boolean duplicate, long committedInTerm) {}

  /** A proposal, whichever copy of it. */
  record Identity(NodeId origin, long incarnation, long sequence) {
    static Identity of(ProposalId id) {
      return new Identity(id.origin(), id.incarnation(), id.sequence());
    }
  }

  private final Map<Long, NodeId> leaders = new HashMap<>();
  private final Map<NodeTerm, NodeId> votes = new HashMap<>();
  private final Map<Place, Logged> logged = new HashMap<>();
  private final List<Applied> applied = new ArrayList<>();
  private final Map<NodeId, Long> appliedBy = new HashMap<>();
  private final Set<Identity> effective = new HashSet<>();
  private final Set<Identity> refused = new HashSet<>();
  private boolean tolerant;

  /** Returns the highest index that any node has applied. */
  public long committedIndex() {
    return applied.size();
  }

  /** Election safety: at most one leader in a term. */
  void leads(NodeId node, long term, List<Entry> log) {
    NodeId other = leaders.putIfAbsent(term, node);
    if (other != null && !other.equals(node)) {
      broken("two leaders in term " + term + ": " + other + " and " + node);
    }
    if (other == null) {
      holdsWhatIsCommitted(node, term, log);
    }
  }

  /** Leader completeness: a leader has every entry that earlier terms committed. */
  private void holdsWhatIsCommitted(NodeId node, long term, List<Entry> log) {
    for (int i = applied.size(); i > 0; i--) {
      Applied committed = applied.get(i - 1);
      if (committed.committedInTerm() >= term) {
        continue;
      }
      if (log.size() < i || log.get(i - 1).term() != committed.entry().term()) {
        broken("leader " + node + " of term " + term + " lacks committed entry " + i);
      }
      return; // The entries before it follow from log matching.
    }
  }

  /** A node votes once in a term, however often it is restarted (paper, section 5.2). */
  void votes(NodeId voter, long term, NodeId candidate) {
    NodeId other = votes.putIfAbsent(new NodeTerm(voter, term), candidate);
    if (other != null && !other.equals(candidate)) {
      broken(voter + " votes in term " + term + " for " + other + " and for " + candidate);
    }
  }

  /** Log matching: equal index and term mean equal entries, and equal entries before them. */
  void logs(NodeId node, Entry entry, long previousTerm) {
    Logged now = new Logged(previousTerm, identity(entry.payload()));
    Logged before = logged.putIfAbsent(new Place(entry.index(), entry.term()), now);
    if (before != null && !before.equals(now)) {
      broken(
          "entry %d of term %d at %s is %s, elsewhere %s"
              .formatted(entry.index(), entry.term(), node, now, before));
    }
  }

  /** A promise goes out only when it is kept. */
  void promises(NodeId node, boolean kept, String what) {
    if (!kept) {
      broken(node + " promises what is not on its disk: " + what);
    }
  }

  /** A node that starts anew applies from the beginning. */
  void restarts(NodeId node) {
    appliedBy.put(node, 0L);
  }

  /**
   * State machine safety: every node applies the same entry at an index, in order, and the same
   * proposal once; the first one to do so finds a quorum that has it on disk.
   */
  void applies(
      NodeId node,
      Entry entry,
      boolean duplicate,
      long nodeTerm,
      Function<Entry, Boolean> onQuorumOfDisks) {
    long expected = appliedBy.getOrDefault(node, 0L) + 1;
    if (entry.index() != expected) {
      broken(node + " applies entry " + entry.index() + " instead of " + expected);
    }
    appliedBy.put(node, expected);
    if (expected <= applied.size()) {
      appliesTheSame(node, entry, duplicate, applied.get((int) expected - 1));
      return;
    }
    if (!onQuorumOfDisks.apply(entry)) {
      broken(node + " applies entry " + entry.index() + ", which no quorum has on disk");
    }
    applied.add(new Applied(entry, duplicate, nodeTerm));
    if (entry.payload() instanceof Payload.Command(ProposalId id, _) && !duplicate) {
      takesEffect(Identity.of(id));
    }
  }

  private void appliesTheSame(NodeId node, Entry entry, boolean duplicate, Applied before) {
    boolean same =
        before.entry().term() == entry.term()
            && before.duplicate() == duplicate
            && identity(before.entry().payload()).equals(identity(entry.payload()));
    if (!same) {
      broken(node + " applies another entry " + entry.index() + " than was applied elsewhere");
    }
  }

  private void takesEffect(Identity id) {
    if (!effective.add(id)) {
      broken("proposal " + id + " takes effect twice");
    }
    if (refused.contains(id)) {
      broken("proposal " + id + " takes effect after it was reported as failed");
    }
  }

  /** A proposal that is reported as failed never takes effect. */
  void refuses(NodeId origin, long incarnation, long sequence) {
    Identity id = new Identity(origin, incarnation, sequence);
    refused.add(id);
    if (effective.contains(id)) {
      broken("proposal " + id + " took effect and is reported as failed");
    }
  }

  /** A read sees everything that was committed anywhere before it was asked for. */
  void reads(NodeId node, long index, long committedBefore) {
    if (index < committedBefore) {
      broken(
          "stale read at "
              + node
              + ": index "
              + index
              + ", but entry "
              + committedBefore
              + " was committed before");
    }
  }

  /** Looks on from now on without failing: for tests of what clients see of a broken property. */
  public void tolerate() {
    tolerant = true;
  }

  private void broken(String message) {
    if (!tolerant) {
      throw new Violation(message);
    }
  }

  private static Object identity(Payload payload) {
    return switch (payload) {
      case Payload.NoOp noOp -> noOp;
      case Payload.Command(ProposalId id, _) -> id;
    };
  }
}
