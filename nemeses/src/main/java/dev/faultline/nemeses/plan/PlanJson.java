package dev.faultline.nemeses.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.faultline.nemeses.NearestName;
import dev.faultline.nemeses.PlanException;
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

  /** Writes a plan, indented, a newline at its end. */
  public String write(FaultPlan plan) {
    List<@Nullable StepForm> steps = new ArrayList<>();
    plan.steps().forEach(step -> steps.add(StepForm.of(step)));
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
      String where = source + ": step " + (steps.size() + 1);
      if (step == null) {
        throw new PlanException(where + " is null", "Remove it.");
      }
      steps.add(step.step(where));
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
}
