package dev.faultline.checkers.recovery;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Checker;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.Times;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.faults.Availability;
import dev.faultline.checkers.faults.FaultWindows;
import dev.faultline.checkers.faults.Phase;
import dev.faultline.checkers.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Requires that the phase {@code heal} is followed by {@code recovered}. */
public final class RecoveryChecker implements Checker {

  private record Judgement(Verdict verdict, String summary, List<Finding> findings) {}

  /** Creates one. */
  public RecoveryChecker() {}

  @Override
  public String name() {
    return "recovery";
  }

  @Override
  public CheckResult check(Recording recording, Budget budget) {
    long startNanos = System.nanoTime();
    FaultWindows faults = FaultWindows.of(recording.history());
    List<Availability> availability = Availability.of(recording.history(), faults);
    Judgement judgement = judge(faults, availability);
    return new CheckResult(
        name(),
        judgement.verdict(),
        judgement.summary(),
        judgement.findings(),
        details(faults, availability),
        System.nanoTime() - startNanos,
        0);
  }

  private static Judgement judge(FaultWindows faults, List<Availability> availability) {
    if (faults.windows().isEmpty() && faults.phases().isEmpty()) {
      return new Judgement(
          Verdict.valid(), "the history records no fault to recover from", List.of());
    }
    Optional<Phase> heal = faults.phase(Phase.HEAL);
    if (heal.isEmpty()) {
      String reason = "the history ends before the faults were healed";
      return new Judgement(Verdict.unknown(reason), reason, List.of());
    }
    Phase healed = heal.get();
    Optional<Phase> recovered = faults.phase(Phase.RECOVERED);
    if (recovered.isPresent()) {
      return new Judgement(
          Verdict.valid(),
          "recovered "
              + Times.span(recoveryNanos(healed, recovered.get()))
              + " after healing"
              + medians(availability),
          List.of());
    }
    if (faults.phase(Phase.EXITED).isPresent()) {
      String reason = "recovery was not awaited, because a node had ended unasked";
      return new Judgement(Verdict.unknown(reason), reason, List.of());
    }
    return faults.phases().stream()
        .filter(phase -> phase.event() > healed.event() && endsTheWait(phase))
        .findFirst()
        .map(next -> noRecovery(healed, next))
        .orElseGet(() -> {
          String reason = "the history ends while the cluster was still to recover";
          return new Judgement(Verdict.unknown(reason), reason, List.of());
        });
  }

  /** Other phases, such as a change of leader, come and go while recovery is awaited. */
  private static boolean endsTheWait(Phase phase) {
    return phase.name().equals(Phase.FINAL) || phase.name().equals(Phase.END);
  }

  private static Judgement noRecovery(Phase heal, Phase next) {
    String claim =
        "the cluster did not recover within "
            + Times.span(next.timeNanos() - heal.timeNanos())
            + " after all faults were healed at "
            + Times.moment(heal.timeNanos());
    return new Judgement(
        Verdict.invalid(),
        claim,
        List.of(
            new Finding(
                Finding.Severity.VIOLATION,
                claim,
                null,
                List.of(heal.event(), next.event()),
                List.of())));
  }

  private static long recoveryNanos(Phase heal, Phase recovered) {
    return recovered.value().members().get("nanos") instanceof Json.Int(long nanos)
        ? nanos
        : recovered.timeNanos() - heal.timeNanos();
  }

  private static String medians(List<Availability> availability) {
    String words =
        Availability.medianNanosToFirstOk(availability).entrySet().stream()
            .map(entry -> entry.getKey() + " " + Times.span(entry.getValue()))
            .collect(Collectors.joining(", "));
    return words.isEmpty() ? "" : "; first success after a fault (median): " + words;
  }

  private static Json.Obj details(FaultWindows faults, List<Availability> availability) {
    Map<String, Json> details = new LinkedHashMap<>();
    Optional<Phase> heal = faults.phase(Phase.HEAL);
    Optional<Phase> recovered = faults.phase(Phase.RECOVERED);
    if (heal.isPresent() && recovered.isPresent()) {
      details.put("recoveryNanos", Json.of(recoveryNanos(heal.get(), recovered.get())));
    }
    Map<String, Json> medians = new LinkedHashMap<>();
    Availability.medianNanosToFirstOk(availability)
        .forEach((kind, nanos) -> medians.put(kind, Json.of(nanos)));
    details.put("medianNanosToFirstOk", new Json.Obj(medians));
    details.put(
        "windows",
        new Json.Array(availability.stream().<Json>map(RecoveryChecker::window).toList()));
    return new Json.Obj(details);
  }

  private static Json.Obj window(Availability seen) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("id", Json.of(seen.window().id()));
    members.put("fault", Json.of(seen.window().fault()));
    members.put("detail", Json.of(seen.window().detail()));
    members.put(
        "targets", new Json.Array(seen.window().targets().stream().<Json>map(Json::of).toList()));
    members.put("startNanos", Json.of(seen.window().startNanos()));
    members.put(
        "stopNanos", seen.window().isStopped() ? Json.of(seen.window().stopNanos()) : Json.NULL);
    members.put("effect", Json.of(seen.window().effect().name().toLowerCase(Locale.ROOT)));
    members.put("ok", Json.of(seen.ok()));
    members.put("fail", Json.of(seen.fail()));
    members.put("info", Json.of(seen.info()));
    members.put(
        "nanosToFirstOk",
        seen.nanosToFirstOk().isPresent() ? Json.of(seen.nanosToFirstOk().getAsLong()) : Json.NULL);
    return new Json.Obj(members);
  }
}
