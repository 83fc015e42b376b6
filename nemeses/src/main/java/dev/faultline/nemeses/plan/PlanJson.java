package dev.faultline.nemeses.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.faultline.nemeses.NearestName;
import dev.faultline.nemeses.PlanException;
import dev.faultline.nemeses.fault.Fault;
import dev.faultline.nemeses.fault.FaultDrawer;
import dev.faultline.nemeses.fault.FaultSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes and reads plans as JSON, in the form shown in this package's description.
 *
 * <p>Reading is strict: a key that nobody knows is an error with its line, its column and the
 * nearest name, because a misspelt duration that is silently ignored makes a run that tests
 * something else. Thread-safe.
 */
public final class PlanJson {

  /** The version of the form that is written. */
  public static final int VERSION = 1;

  private static final List<String> EVENTS =
      List.of("leader-changed", "fault-started", "fault-stopped", "node-restarted");

  private final JsonMapper mapper =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  /** A plan as it stands in a file. */
  private record PlanForm(@Nullable Integer version, @Nullable List<@Nullable StepForm> steps) {}

  /** A step as it stands in a file; what does not apply to its fault is absent. */
  private record StepForm(
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
      @Nullable String resetEvery) {}

  /** A trigger on an event as it stands in a file. */
  private record AfterForm(
      @Nullable String event,
      @Nullable String step,
      @Nullable String node,
      @Nullable String delay) {}

  /** Writes a plan, indented, a newline at its end. */
  public String write(FaultPlan plan) {
    List<@Nullable StepForm> steps = new ArrayList<>();
    plan.steps().forEach(step -> steps.add(form(step)));
    return mapper.writeValueAsString(new PlanForm(VERSION, steps)) + "\n";
  }

  /**
   * Reads a plan.
   *
   * @param json the text
   * @param source what to call the text in errors, such as the file's name
   * @throws PlanException if it is not a plan, with the line and the column
   */
  public FaultPlan read(String json, String source) {
    PlanForm form;
    try {
      form = mapper.readValue(json, PlanForm.class);
    } catch (UnrecognizedPropertyException e) {
      List<String> known =
          Objects.requireNonNullElse(e.getKnownPropertyIds(), List.of()).stream()
              .map(String::valueOf)
              .toList();
      throw new PlanException(
          place(source, location(json, e))
              + "unknown key '"
              + e.getPropertyName()
              + "'"
              + NearestName.hint(e.getPropertyName(), known),
          "Known here: " + String.join(", ", known) + ".");
    } catch (JacksonException e) {
      throw new PlanException(
          where(source, e) + e.getOriginalMessage(), "Correct the file, or draw a new plan.");
    }
    // Jackson gives null for the text "null".
    if (form == null || form.version() == null || form.version() != VERSION) {
      throw new PlanException(
          source + ": a plan must say \"version\": " + VERSION,
          "If it was written by a newer release, use that release.");
    }
    List<FaultStep> steps = new ArrayList<>();
    for (@Nullable StepForm step :
        Objects.requireNonNullElse(form.steps(), List.<@Nullable StepForm>of())) {
      steps.add(step(step, source + ": step " + (steps.size() + 1)));
    }
    return new FaultPlan(steps);
  }

  private static String where(String source, JacksonException e) {
    return place(source, e.getLocation());
  }

  private static String place(String source, @Nullable TokenStreamLocation location) {
    return location == null || location.getLineNr() < 1
        ? source + ": "
        : source + ":" + location.getLineNr() + ":" + location.getColumnNr() + ": ";
  }

  /**
   * Finds where an unknown key stands. Jackson knows its path but not its place: it sets aside what
   * it meets before a record is complete.
   */
  private @Nullable TokenStreamLocation location(String json, UnrecognizedPropertyException e) {
    StringBuilder pointer = new StringBuilder();
    e.getPath()
        .forEach(step ->
            pointer
                .append('/')
                .append(
                    step.getPropertyName() == null
                        ? String.valueOf(step.getIndex())
                        : step.getPropertyName()));
    try (JsonParser parser = mapper.createParser(json)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.PROPERTY_NAME
            && parser.streamReadContext().pathAsPointer().toString().contentEquals(pointer)) {
          return parser.currentTokenLocation();
        }
      }
    }
    return null;
  }

  private static StepForm form(FaultStep step) {
    Fault fault = step.fault();
    String at = null;
    AfterForm after = null;
    switch (step.trigger()) {
      case Trigger.At(Duration since) -> at = HumanDuration.format(since);
      case Trigger.After(Trigger.Event event, Duration delay) -> after = form(event, delay);
    }
    List<String> nodes = fault.nodes().isEmpty() ? null : fault.nodes();
    String stay = HumanDuration.format(step.duration());
    return switch (fault) {
      case Fault.Partition _, Fault.Kill _, Fault.Pause _ ->
          new StepForm(
              step.id(), at, after, stay, fault.name(), nodes, null, null, null, null, null);
      case Fault.Slow slow ->
          new StepForm(
              step.id(),
              at,
              after,
              stay,
              fault.name(),
              nodes,
              HumanDuration.format(slow.latency()),
              HumanDuration.format(slow.jitter()),
              null,
              null,
              null);
      case Fault.Lossy lossy ->
          new StepForm(
              step.id(),
              at,
              after,
              stay,
              fault.name(),
              nodes,
              null,
              null,
              lossy.stallProbability(),
              HumanDuration.format(lossy.stall()),
              HumanDuration.format(lossy.resetEvery()));
      case Fault.Reset reset ->
          new StepForm(
              step.id(),
              at,
              after,
              stay,
              fault.name(),
              nodes,
              null,
              null,
              null,
              null,
              HumanDuration.format(reset.resetEvery()));
    };
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

  private static FaultStep step(@Nullable StepForm form, String where) {
    if (form == null) {
      throw new PlanException(where + " is null", "Remove it.");
    }
    String id = required(form.id(), "id", where);
    String named = where + " ('" + id + "')";
    try {
      FaultSpec spec = FaultSpec.parse(required(form.fault(), "fault", named));
      if (spec.variant().isEmpty()) {
        throw new PlanException(
            "a plan says exactly what it breaks, '" + spec + "' does not",
            "Choose one of "
                + String.join(
                    ", ",
                    FaultSpec.variants(spec.kind()).stream()
                        .map(variant -> spec.kind().word() + ":" + variant)
                        .toList())
                + ".");
      }
      rejectForeign(form, spec);
      Fault fault =
          FaultDrawer.restore(
              spec.kind(),
              spec.variant().get(),
              Objects.requireNonNullElse(form.nodes(), List.of()),
              new FaultDrawer.Severity(
                  duration(form.latency()),
                  duration(form.jitter()),
                  Objects.requireNonNullElse(form.stallProbability(), 0.0),
                  duration(form.stall()),
                  duration(form.resetEvery())));
      return new FaultStep(
          id, trigger(form), HumanDuration.parse(required(form.stay(), "for", named)), fault);
    } catch (PlanException e) {
      String message = String.valueOf(e.getMessage());
      throw message.startsWith(where) ? e : new PlanException(named + ": " + message, e.remedy());
    }
  }

  /** A key that means nothing to the fault of its step is as bad as one that is misspelt. */
  private static void rejectForeign(StepForm form, FaultSpec spec) {
    switch (spec.kind()) {
      case PARTITION, KILL, PAUSE -> {
        absent("latency", form.latency(), spec);
        absent("jitter", form.jitter(), spec);
        absent("stallProbability", form.stallProbability(), spec);
        absent("stall", form.stall(), spec);
        absent("resetEvery", form.resetEvery(), spec);
      }
      case SLOW -> {
        absent("stallProbability", form.stallProbability(), spec);
        absent("stall", form.stall(), spec);
        absent("resetEvery", form.resetEvery(), spec);
      }
      case LOSSY -> {
        absent("latency", form.latency(), spec);
        absent("jitter", form.jitter(), spec);
      }
      case RESET -> {
        absent("latency", form.latency(), spec);
        absent("jitter", form.jitter(), spec);
        absent("stallProbability", form.stallProbability(), spec);
        absent("stall", form.stall(), spec);
      }
    }
  }

  private static void absent(String key, @Nullable Object value, FaultSpec spec) {
    if (value != null) {
      throw new PlanException("'" + key + "' means nothing to " + spec, "Remove it.");
    }
  }

  private static Trigger trigger(StepForm form) {
    String at = form.at();
    AfterForm after = form.after();
    if ((at == null) == (after == null)) {
      throw new PlanException(
          "it must have either 'at' or 'after'", "Write, for example, \"at\": \"12s\".");
    }
    if (at != null) {
      return new Trigger.At(HumanDuration.parse(at));
    }
    Objects.requireNonNull(after);
    String name = required(after.event(), "event", "after");
    Trigger.Event event =
        switch (name) {
          case "leader-changed" -> new Trigger.LeaderChanged();
          case "fault-started" -> new Trigger.FaultStarted(required(after.step(), "step", "after"));
          case "fault-stopped" -> new Trigger.FaultStopped(required(after.step(), "step", "after"));
          case "node-restarted" -> new Trigger.NodeRestarted(after.node());
          default ->
              throw new PlanException(
                  "unknown event '" + name + "'" + NearestName.hint(name, EVENTS),
                  "Choose one of " + String.join(", ", EVENTS) + ".");
        };
    return new Trigger.After(event, duration(after.delay()));
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
