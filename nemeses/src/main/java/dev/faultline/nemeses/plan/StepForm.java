package dev.faultline.nemeses.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.faultline.nemeses.LinkState;
import dev.faultline.nemeses.NearestName;
import dev.faultline.nemeses.PlanException;
import dev.faultline.nemeses.fault.Fault;
import dev.faultline.nemeses.fault.FaultDrawer;
import dev.faultline.nemeses.fault.FaultSpec;
import dev.faultline.nemeses.fault.LinkFault;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A step as it stands in a file; what does not apply to its fault is absent. */
record StepForm(
    @Nullable String id,
    @Nullable String at,
    @Nullable AfterForm after,
    @JsonProperty("for") @Nullable String stay,
    @Nullable String fault,
    @Nullable List<String> nodes,
    @Nullable String latency,
    @Nullable String jitter,
    @Nullable Double stallProbability,
    @Nullable String stall,
    @Nullable String resetEvery,
    @Nullable Long bytesPerSecond,
    @Nullable Integer pieceBytes,
    @Nullable String pieceDelay) {

  private static final List<String> EVENTS =
      List.of("leader-changed", "fault-started", "fault-stopped", "node-restarted");

  /** A trigger on an event as it stands in a file. */
  record AfterForm(
      @Nullable String event,
      @Nullable String step,
      @Nullable String node,
      @Nullable String delay) {}

  /** Returns the form of a step. */
  static StepForm of(FaultStep step) {
    Fault fault = step.fault();
    String at = null;
    AfterForm after = null;
    switch (step.trigger()) {
      case Trigger.At(Duration since) -> at = HumanDuration.format(since);
      case Trigger.After(Trigger.Event event, Duration delay) -> after = form(event, delay);
    }
    LinkState severity = severity(fault);
    return new StepForm(
        step.id(),
        at,
        after,
        HumanDuration.format(step.duration()),
        fault.name(),
        fault.nodes().isEmpty() ? null : fault.nodes(),
        text(severity.latency()),
        text(severity.jitter()),
        severity.stallProbability() == 0 ? null : severity.stallProbability(),
        text(severity.stall()),
        text(severity.resetEvery()),
        severity.bytesPerSecond() == 0 ? null : severity.bytesPerSecond(),
        severity.pieceBytes() == 0 ? null : severity.pieceBytes(),
        text(severity.pieceDelay()));
  }

  private static LinkState severity(Fault fault) {
    return fault instanceof LinkFault links ? links.state() : LinkState.HEALTHY;
  }

  private static @Nullable String text(Duration duration) {
    return duration.isZero() ? null : HumanDuration.format(duration);
  }

  private static AfterForm form(Trigger.Event event, Duration delay) {
    String wait = HumanDuration.format(delay);
    return switch (event) {
      case Trigger.LeaderChanged _ -> new AfterForm("leader-changed", null, null, wait);
      case Trigger.FaultStarted(String step) -> new AfterForm("fault-started", step, null, wait);
      case Trigger.FaultStopped(String step) -> new AfterForm("fault-stopped", step, null, wait);
      case Trigger.NodeRestarted(var node) -> new AfterForm("node-restarted", null, node, wait);
    };
  }

  /**
   * Returns the step that this is the form of.
   *
   * @param where what to call the step in errors
   * @throws PlanException if it makes no sense
   */
  FaultStep step(String where) {
    String name = required(id, "id", where);
    String named = where + " ('" + name + "')";
    try {
      return new FaultStep(
          name, trigger(), HumanDuration.parse(required(stay, "for", named)), fault(named));
    } catch (PlanException e) {
      String message = String.valueOf(e.getMessage());
      throw message.startsWith(where) ? e : new PlanException(named + ": " + message, e.remedy());
    }
  }

  private Fault fault(String named) {
    FaultSpec spec = FaultSpec.parse(required(fault, "fault", named));
    if (spec.variant().isEmpty()) {
      throw new PlanException(
          "a plan says exactly what it breaks, '" + spec + "' does not",
          "Choose one of "
              + String.join(
                  ", ",
                  spec.kind().variants().stream()
                      .map(variant -> spec.kind().word() + ":" + variant)
                      .toList())
              + ".");
    }
    LinkState written = severity();
    Fault restored =
        FaultDrawer.restore(
            spec.kind(),
            spec.variant().get(),
            Objects.requireNonNullElse(nodes, List.of()),
            written);
    rejectForeign(written, severity(restored), spec);
    return restored;
  }

  private LinkState severity() {
    return new LinkState(
        false,
        duration(latency),
        duration(jitter),
        Objects.requireNonNullElse(stallProbability, 0.0),
        duration(stall),
        duration(resetEvery),
        Objects.requireNonNullElse(bytesPerSecond, 0L),
        Objects.requireNonNullElse(pieceBytes, 0),
        duration(pieceDelay));
  }

  /** A key that means nothing to the fault of its step is as bad as one that is misspelt. */
  private static void rejectForeign(LinkState written, LinkState taken, FaultSpec spec) {
    same("latency", written.latency(), taken.latency(), spec);
    same("jitter", written.jitter(), taken.jitter(), spec);
    same("stallProbability", written.stallProbability(), taken.stallProbability(), spec);
    same("stall", written.stall(), taken.stall(), spec);
    same("resetEvery", written.resetEvery(), taken.resetEvery(), spec);
    same("bytesPerSecond", written.bytesPerSecond(), taken.bytesPerSecond(), spec);
    same("pieceBytes", written.pieceBytes(), taken.pieceBytes(), spec);
    same("pieceDelay", written.pieceDelay(), taken.pieceDelay(), spec);
  }

  private static void same(String key, Object written, Object taken, FaultSpec spec) {
    if (!written.equals(taken)) {
      throw new PlanException("'" + key + "' means nothing to " + spec, "Remove it.");
    }
  }

  private Trigger trigger() {
    String time = at;
    AfterForm wait = after;
    if ((time == null) == (wait == null)) {
      throw new PlanException(
          "it must have either 'at' or 'after'", "Write, for example, \"at\": \"12s\".");
    }
    if (time != null) {
      return new Trigger.At(HumanDuration.parse(time));
    }
    Objects.requireNonNull(wait);
    String name = required(wait.event(), "event", "after");
    Trigger.Event event =
        switch (name) {
          case "leader-changed" -> new Trigger.LeaderChanged();
          case "fault-started" -> new Trigger.FaultStarted(required(wait.step(), "step", "after"));
          case "fault-stopped" -> new Trigger.FaultStopped(required(wait.step(), "step", "after"));
          case "node-restarted" -> new Trigger.NodeRestarted(wait.node());
          default ->
              throw new PlanException(
                  "unknown event '" + name + "'" + NearestName.hint(name, EVENTS),
                  "Choose one of " + String.join(", ", EVENTS) + ".");
        };
    return new Trigger.After(event, duration(wait.delay()));
  }

  private static Duration duration(@Nullable String text) {
    return text == null ? Duration.ZERO : HumanDuration.parse(text);
  }

  private static String required(@Nullable String value, String key, String where) {
    if (value == null || value.isBlank()) {
      throw new PlanException(where + ": '" + key + "' is missing", "Add \"" + key + "\".");
    }
    return value;
  }
}
