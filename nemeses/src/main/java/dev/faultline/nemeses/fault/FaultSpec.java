package dev.faultline.nemeses.fault;

import dev.faultline.nemeses.NearestName;
import dev.faultline.nemeses.PlanException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a user asks to be broken: a kind, and perhaps one variant of it ({@code kill}, {@code
 * kill:leader}). Where no variant is given, the plan draws one for every step.
 *
 * @param kind the kind
 * @param variant the variant, if one was asked for
 */
public record FaultSpec(FaultKind kind, Optional<String> variant) {

  public FaultSpec {
    if (variant.isPresent() && !kind.variants().contains(variant.get())) {
      throw unknown(
          "variant of " + kind.word(),
          kind.word() + ":" + variant.get(),
          kind.variants().stream().map(v -> kind.word() + ":" + v).toList());
    }
  }

  /** Returns every name that {@link #parse} understands: kinds and refined kinds. */
  public static List<String> names() {
    List<String> names = new ArrayList<>();
    for (FaultKind kind : FaultKind.values()) {
      names.add(kind.word());
      kind.variants().forEach(variant -> names.add(kind.word() + ":" + variant));
    }
    return names;
  }

  /**
   * Reads one name.
   *
   * @throws PlanException if there is no such fault; it names the nearest one
   */
  public static FaultSpec parse(String name) {
    int colon = name.indexOf(':');
    String word = colon < 0 ? name : name.substring(0, colon);
    FaultKind kind =
        Arrays.stream(FaultKind.values())
            .filter(k -> k.word().equals(word))
            .findFirst()
            .orElseThrow(() -> unknown("fault", name, names()));
    return new FaultSpec(
        kind, colon < 0 ? Optional.empty() : Optional.of(name.substring(colon + 1)));
  }

  /**
   * Reads a list of names, divided by commas.
   *
   * @throws PlanException if one of them is unknown
   */
  public static List<FaultSpec> parseList(String names) {
    return Stream.of(names.split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .map(FaultSpec::parse)
        .distinct()
        .toList();
  }

  @Override
  public String toString() {
    return variant.map(v -> kind.word() + ":" + v).orElse(kind.word());
  }

  private static PlanException unknown(String what, String name, List<String> candidates) {
    return new PlanException(
        "unknown " + what + " '" + name + "'" + NearestName.hint(name, candidates),
        candidates.size() > 12
            ? "Kinds are "
                + Arrays.stream(FaultKind.values())
                    .map(FaultKind::word)
                    .collect(Collectors.joining(", "))
                + "; 'list faults' shows all."
            : "Choose one of " + String.join(", ", candidates) + ".");
  }
}
