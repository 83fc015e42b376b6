package dev.faultline.raft.deviation;

import java.util.List;
import java.util.Optional;

/** Lists the deviations. */
public final class Deviations {

  private static final List<Deviation> ALL =
      List.of(
          new Deviation(
              "forget-vote",
              1,
              "Forgets on restart whom it voted for, and may vote twice in a term.",
              "sofa-jraft#1241",
              ForgetVote::new),
          new Deviation(
              "no-log-comparison",
              5,
              "Votes for candidates whose log lacks committed entries.",
              "Raft paper, section 5.4.1",
              NoLogComparison::new),
          new Deviation(
              "acknowledge-before-flush",
              21,
              "Acknowledges entries that are still in a buffer of the process, which a kill loses.",
              "etcd#14370",
              AcknowledgeBeforeFlush::new),
          new Deviation(
              "leader-local-read",
              34,
              "Lets a leader answer reads without asking a majority whether it still leads.",
              "etcd#741",
              LeaderLocalRead::new),
          new Deviation(
              "apply-twice",
              42,
              "Applies a forwarded proposal again when it was sent to a second leader.",
              "etcd#14890",
              ApplyTwice::new),
          new Deviation(
              "fail-on-step-down",
              43,
              "Reports proposals as failed when it loses leadership with them in its log.",
              "redisraft#23",
              FailOnStepDown::new),
          new Deviation(
              "acknowledge-before-commit",
              44,
              "Answers a client once the leader has appended its proposal.",
              "MongoDB, write concern w:1",
              AcknowledgeBeforeCommit::new));

  private Deviations() {}

  /** Returns all deviations by catalogue number. */
  public static List<Deviation> all() {
    return ALL;
  }

  /** Returns the deviation of that name. */
  public static Optional<Deviation> named(String name) {
    return ALL.stream().filter(deviation -> deviation.name().equals(name)).findFirst();
  }
}
