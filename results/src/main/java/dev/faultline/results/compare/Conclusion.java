package dev.faultline.results.compare;

import static dev.faultline.results.compare.SystemFigures.MAIN_PHASE;
import static dev.faultline.results.compare.SystemFigures.NOT_STARTED;

import dev.faultline.results.compare.Comparison.Setting;
import dev.faultline.results.compare.Contest.Entrant;
import dev.faultline.results.compare.SystemFigures.RecoveryRow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;

/**
 * Says in a few sentences who kept its promises and who recovered faster. Promises come first:
 * speed counts for nothing where they were broken.
 */
final class Conclusion {

  /** How many questions are put for each kind of fault: recovery, and outage. */
  private static final int QUESTIONS = 2;

  private final List<SystemFigures> systems;

  private Conclusion(List<SystemFigures> systems) {
    this.systems = systems;
  }

  static List<String> of(List<SystemFigures> systems, List<Setting> settings) {
    Conclusion conclusion = new Conclusion(systems);
    List<String> sentences = new ArrayList<>();
    sentences.add(conclusion.promises());
    if (systems.size() > 1) {
      conclusion.speed(sentences);
      differences(settings).ifPresent(sentences::add);
    }
    return sentences;
  }

  private String promises() {
    StringJoiner sentence = new StringJoiner("; ", "", ".");
    systems.forEach(system -> sentence.add(system.system() + " " + promises(system)));
    return sentence.toString();
  }

  private static String promises(SystemFigures system) {
    StringJoiner clauses = new StringJoiner(", ");
    clause(clauses, system, "INVALID", "BROKE ITS PROMISES");
    clause(clauses, system, "UNKNOWN", "proved nothing");
    clause(clauses, system, NOT_STARTED, "failed to start");
    clause(clauses, system, "VALID", "kept its promises");
    return clauses.toString();
  }

  private static void clause(
      StringJoiner clauses, SystemFigures system, String verdict, String did) {
    int runs = system.runsWith(verdict);
    int all = system.runs().size();
    if (runs > 0) {
      String which =
          all == 1
              ? " in its only round"
              : runs == all
                  ? (all == 2 ? " in both rounds" : " in all " + all + " rounds")
                  : " in " + runs + " of " + all;
      clauses.add(did + which);
    }
  }

  private void speed(List<String> sentences) {
    List<String> kinds = sharedKinds();
    if (kinds.isEmpty()) {
      sentences.add(
          "No kind of fault struck two of them, so nothing is said of who recovers faster.");
      return;
    }
    Contest contest = new Contest(kinds.size() * QUESTIONS, resolutionNanos());
    sentences.add(
        "Time to recover: "
            + outcome(contest, kinds, RecoveryRow::afterEnd, "after", "was faster"));
    sentences.add(
        "Longest outage: "
            + outcome(contest, kinds, RecoveryRow::outage, "around", "was out for less"));
  }

  /** Returns the kinds of fault that at least two systems were struck by. */
  private List<String> sharedKinds() {
    Set<String> kinds = new LinkedHashSet<>();
    systems.forEach(system -> system.recovery().forEach(row -> kinds.add(row.fault())));
    return kinds.stream()
        .filter(kind ->
            systems.stream().filter(system -> system.recoveryFrom(kind).isPresent()).count() > 1)
        .toList();
  }

  /** Between two invocations nobody looks: a shorter difference is not one of the systems. */
  private long resolutionNanos() {
    return systems.stream()
        .flatMap(system -> system.condition(MAIN_PHASE).stream())
        .filter(row -> row.total() > 0)
        .mapToLong(row -> row.nanos() / row.total())
        .max()
        .orElse(0);
  }

  private String outcome(
      Contest contest,
      List<String> kinds,
      Function<RecoveryRow, TimeSpread> time,
      String preposition,
      String wasFaster) {
    List<String> alike = new ArrayList<>();
    StringJoiner clauses = new StringJoiner("; ", "", ".");
    for (String kind : kinds) {
      List<Entrant> entrants = new ArrayList<>();
      for (SystemFigures system : systems) {
        system
            .recoveryFrom(kind)
            .ifPresent(row -> entrants.add(new Entrant(system.system(), time.apply(row))));
      }
      Optional<Entrant> winner = contest.winner(entrants);
      winner.ifPresentOrElse(
          best -> clauses.add(preposition + " " + clause(kind, best, entrants, wasFaster)),
          () -> alike.add(kind));
    }
    if (!alike.isEmpty()) {
      clauses.add(preposition + " " + Words.listed(alike) + " no difference beyond the spread");
    }
    return clauses.toString();
  }

  private String clause(String kind, Entrant best, List<Entrant> entrants, String wasFaster) {
    StringJoiner others = new StringJoiner(", ");
    entrants.stream()
        .filter(entrant -> !entrant.equals(best))
        .forEach(entrant -> others.add(entrant.system() + " " + Words.spread(entrant.times())));
    return kind
        + " "
        + best.system()
        + (brokePromises(best.system()) ? ", which broke its promises, " : " ")
        + wasFaster
        + ", "
        + Words.spread(best.times())
        + " against "
        + others;
  }

  private boolean brokePromises(String name) {
    return systems.stream()
        .anyMatch(system -> system.system().equals(name) && system.runsWith("INVALID") > 0);
  }

  private static Optional<String> differences(List<Setting> settings) {
    List<String> names =
        settings.stream().filter(setting -> !setting.same()).map(Setting::name).toList();
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of("Not like for like: " + String.join(", ", names) + ".");
  }
}
