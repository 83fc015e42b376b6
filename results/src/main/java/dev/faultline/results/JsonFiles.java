package dev.faultline.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes records as JSON files and reads them back strictly: unknown, missing, doubled and null
 * members are errors, and so is what follows the value. Only members that a later release added may
 * be missing; their components are marked {@code @JsonProperty(isRequired = OptBoolean.FALSE)}, and
 * read as null. Immutable and safe for use by several threads.
 */
public final class JsonFiles {

  /** Just enough of a file to tell whether it can be read at all. */
  private record Versioned(int version) {}

  /** Takes every component of a record for required, unless it is marked otherwise. */
  private static final class AllRequired extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
      Boolean marked = super.hasRequiredMarker(config, member);
      return marked != null ? marked : Boolean.valueOf(member instanceof AnnotatedParameter);
    }
  }

  private final JsonMapper strict;
  private final JsonMapper lenient;

  /** Creates a reader and writer. */
  public JsonFiles() {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .addModule(new JsonTreeModule())
            .changeDefaultPropertyInclusion(
                ignored -> JsonInclude.Value.construct(Include.ALWAYS, Include.ALWAYS))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    this.lenient = builder.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    this.strict =
        lenient
            .rebuild()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new AllRequired())
            .build();
  }

  /** Writes {@code value} to {@code file}, in one step: a reader sees the old file or the new. */
  public void write(Path file, Object value) throws IOException {
    Path fresh = file.resolveSibling("." + file.getFileName() + ".tmp");
    Files.writeString(fresh, strict.writeValueAsString(value) + "\n", StandardCharsets.UTF_8);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Reads {@code file}.
   *
   * @param <T> the record
   * @param file the file
   * @param type the record's class
   * @param version the one version of it that can be read
   * @throws MalformedResultException if it does not hold a {@code type} of version {@code version}
   */
  public <T> T read(Path file, Class<T> type, int version) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      int found = lenient.readValue(bytes, Versioned.class).version();
      if (found != version) {
        throw new MalformedResultException(
            file,
            1,
            1,
            "version "
                + found
                + " of this file; this Faultline reads version "
                + version
                + ". Use the release that wrote it.",
            new IllegalArgumentException("version " + found));
      }
      return strict.readValue(bytes, type);
    } catch (JacksonException e) {
      TokenStreamLocation place = locate(bytes, e);
      throw new MalformedResultException(
          file, place.getLineNr(), place.getColumnNr(), explain(e), e);
    }
  }

  /**
   * Returns where the member that {@code e} is about stands. Members of records are buffered while
   * they are read, so that the exception's own place may be that of the buffer.
   */
  private TokenStreamLocation locate(byte[] bytes, JacksonException e) {
    String member =
        e.getPath().stream()
            .map(step ->
                "/" + (step.getPropertyName() == null ? step.getIndex() : step.getPropertyName()))
            .collect(Collectors.joining());
    try (JsonParser in = lenient.createParser(bytes)) {
      while (in.nextToken() != null) {
        if (in.currentToken() == JsonToken.PROPERTY_NAME
            && in.streamReadContext().pathAsPointer().toString().equals(member)) {
          return in.currentTokenLocation();
        }
      }
    } catch (JacksonException broken) {
      // The text ends, or is no JSON, before the member comes: that is what there is to tell.
      return known(broken.getLocation());
    }
    return known(e.getLocation());
  }

  private static TokenStreamLocation known(@Nullable TokenStreamLocation place) {
    return place == null ? TokenStreamLocation.NA : place;
  }

  private static String explain(JacksonException e) {
    String where =
        e.getPath().stream()
            .map(step ->
                step.getPropertyName() == null
                    ? "[" + step.getIndex() + "]"
                    : step.getPropertyName())
            .collect(Collectors.joining("."));
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "unknown member " + where + "; known here: " + unknown.getKnownPropertyIds();
    }
    if (e.getOriginalMessage().startsWith("Missing required creator property")) {
      return "member " + where + " is missing";
    }
    return (where.isEmpty() ? "" : where + ": ") + e.getOriginalMessage();
  }
}
