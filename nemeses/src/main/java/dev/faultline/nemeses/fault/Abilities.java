package dev.faultline.nemeses.fault;

import dev.faultline.nemeses.Capability;
import dev.faultline.nemeses.PlanException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a cluster can suffer, in terms of faults.
 *
 * @param nodes how many nodes it has
 * @param capabilities what can be done to it
 */
public record Abilities(int nodes, Set<Capability> capabilities) {

  public Abilities {
    capabilities = Set.copyOf(capabilities);
  }

  /** Returns the variants of a kind that this cluster can suffer and that mean something in it. */
  public List<String> variants(FaultKind kind) {
    return kind.variants().stream()
        .filter(variant -> kind.leastNodes(variant) <= nodes)
        .filter(variant -> capabilities.containsAll(kind.needs(variant, nodes)))
        .toList();
  }

  /** Tells whether the cluster can suffer what is asked for: the variant, or any if none is. */
  public boolean canSuffer(FaultSpec spec) {
    List<String> possible = variants(spec.kind());
    return spec.variant().map(possible::contains).orElse(!possible.isEmpty());
  }

  /**
   * Checks that the cluster can suffer what is asked for: the variant, or any variant if none is
   * asked for.
   *
   * @throws PlanException if it cannot; it names the fault, what it needs and what there is instead
   */
  public void require(FaultSpec spec) {
    if (spec.variant().isPresent()) {
      require(spec.toString(), spec.kind().needs(spec.variant().get(), nodes));
    } else if (variants(spec.kind()).isEmpty()) {
      // Every variant of a kind needs what the first one does, if it fits at all.
      require(spec.toString(), spec.kind().needs(spec.kind().variants().getFirst(), nodes));
      throw new PlanException(
          spec + " means nothing in a cluster of " + nodes + (nodes == 1 ? " node" : " nodes"),
          "Use more nodes, or leave this fault out.");
    }
  }

  /**
   * Checks that the cluster can do all of {@code needed}.
   *
   * @param what what needs it, for the error
   * @throws PlanException if it cannot
   */
  public void require(String what, Set<Capability> needed) {
    Set<Capability> missing = EnumSet.noneOf(Capability.class);
    missing.addAll(needed);
    missing.removeAll(capabilities);
    if (missing.isEmpty()) {
      return;
    }
    throw new PlanException(
        what
            + " needs a cluster that can "
            + missing.stream().map(Capability::words).collect(Collectors.joining(" and "))
            + "; this one cannot",
        "Leave it out, use another kind of cluster, or choose among what this one offers: "
            + String.join(", ", offer())
            + ".");
  }

  /**
   * Returns the names of the faults that the cluster can suffer: a kind of which it can suffer
   * every variant by its kind alone, another by its variants.
   */
  public List<String> offer() {
    List<String> names = new ArrayList<>();
    for (FaultKind kind : FaultKind.values()) {
      List<String> possible = variants(kind);
      if (possible.containsAll(kind.variants())) {
        names.add(kind.word());
      } else {
        possible.forEach(variant -> names.add(kind.word() + ":" + variant));
      }
    }
    return names.isEmpty() ? List.of("nothing") : names;
  }
}
