package dev.faultline.nemeses.fault;

import dev.faultline.nemeses.NearestName;
import dev.faultline.nemeses.PlanException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the faults share: the meaning and the checking of the nodes that were drawn. */
final class Choices {

  private Choices() {}

  static String known(@Nullable String leader) {
    if (leader == null) {
      throw new IllegalArgumentException("this fault strikes the leader, and none is given");
    }
    return leader;
  }

  static List<String> hit(
      Target target, List<String> drawn, List<String> cluster, @Nullable String leader) {
    return switch (target) {
      case LEADER -> List.of(known(leader));
      case ALL -> cluster;
      case ONE, MINORITY, MAJORITY -> drawn;
    };
  }

  static List<String> hit(
      LinkSelection links, List<String> drawn, List<String> cluster, @Nullable String leader) {
    return switch (links) {
      case LEADER -> List.of(known(leader));
      case ALL -> cluster;
      case ONE -> drawn;
    };
  }

  static void check(Fault fault, PartitionShape shape, List<String> cluster) {
    int n = cluster.size();
    if (n < shape.leastNodes()) {
      throw new PlanException(
          fault.name() + " needs " + shape.leastNodes() + " nodes, the cluster has " + n,
          "Use more nodes, or leave this fault out.");
    }
    boolean halves = shape == PartitionShape.HALVES;
    switch (shape.choice()) {
      case LEADER -> check(fault, cluster, 0, 0);
      case ONE -> check(fault, cluster, 1, 1);
      case GROUP -> check(fault, cluster, halves ? n / 2 : 1, halves ? n / 2 : (n - 1) / 2);
      case ORDER -> check(fault, cluster, n, n);
    }
  }

  static void check(Fault fault, Target target, List<String> cluster) {
    int n = cluster.size();
    switch (target) {
      case LEADER, ALL -> check(fault, cluster, 0, 0);
      case ONE -> check(fault, cluster, 1, 1);
      case MINORITY -> {
        if (n < 3) {
          throw new PlanException(
              fault.name() + " needs 3 nodes, the cluster has " + n,
              "Use more nodes, or " + fault.kind().word() + ":one.");
        }
        check(fault, cluster, 1, (n - 1) / 2);
      }
      case MAJORITY -> check(fault, cluster, n / 2 + 1, n);
    }
  }

  static void check(Fault fault, LinkSelection selection, List<String> cluster) {
    if (cluster.size() < 2) {
      throw new PlanException(
          fault.name() + " needs two nodes: one alone has no links", "Use more nodes.");
    }
    int count = selection == LinkSelection.ONE ? 1 : 0;
    check(fault, cluster, count, count);
  }

  static void check(Fault fault, List<String> cluster, int least, int most) {
    Set<String> seen = new HashSet<>();
    for (String node : fault.nodes()) {
      if (!cluster.contains(node)) {
        throw new PlanException(
            fault.name()
                + " names node '"
                + node
                + "', which the cluster does not have"
                + NearestName.hint(node, cluster),
            "The nodes are " + String.join(", ", cluster) + ".");
      }
      if (!seen.add(node)) {
        throw new PlanException(
            fault.name() + " names node '" + node + "' twice", "Name every node once.");
      }
    }
    if (seen.size() < least || seen.size() > most) {
      String wanted = least == most ? String.valueOf(least) : least + " to " + most;
      throw new PlanException(
          fault.name()
              + " takes "
              + wanted
              + " nodes in a cluster of "
              + cluster.size()
              + ", "
              + seen.size()
              + " are named",
          "Name " + wanted + " of " + String.join(", ", cluster) + ".");
    }
  }

  static void within(String what, long number, long least, long most) {
    if (number < least || number > most) {
      throw new PlanException(
          what + " must lie between " + least + " and " + most + ", it is " + number,
          "Choose a number in between.");
    }
  }

  static void positive(String what, Duration duration) {
    if (!duration.isPositive()) {
      throw new PlanException(what + " must be more than zero", "Write, for example, 200ms.");
    }
  }
}
