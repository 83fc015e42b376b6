package dev.faultline.raft.core;

import static dev.faultline.raft.core.Solo.N1;
import static dev.faultline.raft.core.Solo.N2;
import static dev.faultline.raft.core.Solo.entries;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hand-made lies, each of which the oracle must see. */
class SafetyOracleTest {

  private final SafetyOracle oracle = new SafetyOracle();
  private final Entry first = entries(1, 1).getFirst();

  private static Entry command(long index, long term, long sequence) {
    return new Entry(
        index, term, new Payload.Command(new ProposalId(N1, 1, sequence, 1), Solo.command("x")));
  }

  private static void assertViolation(String message, ThrowingCallable lie) {
    assertThatThrownBy(lie)
        .isInstanceOf(SafetyOracle.Violation.class)
        .hasMessageContaining(message);
  }

  private void apply(NodeId node, Entry entry, boolean duplicate, long term) {
    oracle.applies(node, entry, duplicate, term, any -> true);
  }

  @BeforeEach
  void entryOneIsCommittedInTermOne() {
    oracle.leads(N1, 1, List.of());
    apply(N1, first, false, 1);
  }

  @Test
  void twoLeadersInATerm() {
    oracle.leads(N1, 1, List.of(first));
    assertViolation("two leaders in term 1", () -> oracle.leads(N2, 1, List.of(first)));
  }

  @Test
  void aLeaderWithoutACommittedEntry() {
    oracle.leads(N2, 2, List.of(first));
    assertViolation("lacks committed entry 1", () -> oracle.leads(N2, 3, List.of()));
    assertViolation("lacks committed entry 1", () -> oracle.leads(N2, 4, entries(1, 2)));
  }

  @Test
  void twoVotesInATerm() {
    oracle.votes(N1, 5, N2);
    oracle.votes(N1, 5, N2);
    assertViolation("votes in term 5", () -> oracle.votes(N1, 5, N1));
  }

  @Test
  void entriesThatDifferAtOneIndexAndTerm() {
    oracle.logs(N1, command(2, 1, 7), 1);
    assertViolation("entry 2 of term 1", () -> oracle.logs(N2, command(2, 1, 8), 1));
    assertViolation("entry 2 of term 1", () -> oracle.logs(N2, command(2, 1, 7), 0));
  }

  @Test
  void aPromiseThatIsNotKept() {
    assertViolation("not on its disk: x", () -> oracle.promises(N1, false, "x"));
  }

  @Test
  void differentEntriesAtAnIndex() {
    assertViolation("another entry 1", () -> apply(N2, entries(1, 2).getFirst(), false, 2));
    oracle.restarts(N2);
    assertViolation("another entry 1", () -> apply(N2, first, true, 1));
  }

  @Test
  void aGapOrARepetition() {
    assertViolation("instead of 2", () -> apply(N1, first, false, 1));
    assertViolation("instead of 2", () -> apply(N1, command(3, 1, 1), false, 1));
  }

  @Test
  void anEntryThatNoQuorumHas() {
    assertViolation(
        "no quorum has on disk",
        () -> oracle.applies(N1, command(2, 1, 1), false, 1, entry -> false));
  }

  @Test
  void aProposalThatTakesEffectTwice() {
    apply(N1, command(2, 1, 1), false, 1);
    apply(N1, command(3, 1, 1), true, 1);
    assertViolation("takes effect twice", () -> apply(N1, command(4, 1, 1), false, 1));
  }

  @Test
  void aProposalThatFailedAndTakesEffect() {
    oracle.refuses(N1, 1, 9);
    assertViolation("reported as failed", () -> apply(N1, command(2, 1, 9), false, 1));
    apply(N2, first, false, 1);
    apply(N2, command(2, 1, 9), false, 1);
    assertViolation("reported as failed", () -> oracle.refuses(N1, 1, 9));
  }

  @Test
  void aStaleRead() {
    oracle.reads(N1, 4, 4);
    assertViolation("stale read", () -> oracle.reads(N1, 3, 4));
  }
}
