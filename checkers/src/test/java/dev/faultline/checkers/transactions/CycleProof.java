package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.graph.Cycle;
import dev.faultline.checkers.transactions.graph.Dependency;
import dev.faultline.checkers.transactions.models.Anomaly;
import java.util.stream.IntStream;

/** Classifies a cycle by its definition, edge by edge, in the plainest way. */
final class CycleProof {

  private CycleProof() {}

  /** Tells whether {@code cycle} is what {@code anomaly} means, and visits nothing twice. */
  static boolean isOf(Anomaly anomaly, Cycle cycle) {
    long distinct = IntStream.range(0, cycle.length()).map(cycle::node).distinct().count();
    return distinct == cycle.length() && word(cycle).equals(anomaly.word());
  }

  private static String word(Cycle cycle) {
    boolean adjacent = false;
    for (int i = 0; i < cycle.length(); i++) {
      adjacent |=
          cycle.kind(i) == Dependency.RW && cycle.kind((i + 1) % cycle.length()) == Dependency.RW;
    }
    long antiDependencies = count(cycle, Dependency.RW);
    String shape;
    if (antiDependencies == 0) {
      shape = count(cycle, Dependency.WR) == 0 ? "G0" : "G1c";
    } else if (antiDependencies == 1) {
      shape = "G-single-item";
    } else {
      shape = adjacent ? "G2-item" : "G-nonadjacent-item";
    }
    if (count(cycle, Dependency.REALTIME) > 0) {
      return shape + "-realtime";
    }
    return count(cycle, Dependency.PROCESS) > 0 ? shape + "-process" : shape;
  }

  private static long count(Cycle cycle, int kind) {
    return IntStream.range(0, cycle.length()).filter(i -> cycle.kind(i) == kind).count();
  }
}
