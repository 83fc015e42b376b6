package dev.faultline.harness.scenario;

import dev.faultline.nemeses.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;

/**
 * What a scenario file and the command line said, word by word, and where each was said. Immutable.
 *
 * <p>A file is one flat mapping in YAML. A list stands for its elements with commas between.
 */
public final class ScenarioWords {

  /** Nothing said. */
  public static final ScenarioWords NONE = new ScenarioWords(Map.of());

  /** The directory that the command runs in. */
  private static final Path HERE = Path.of("");

  private final Map<ScenarioKey, Word> said;

  /**
   * One thing said.
   *
   * @param text the words themselves
   * @param where a file with line and column, or an option
   * @param beside the directory that files are named from
   */
  record Word(String text, String where, Path beside) {}

  private ScenarioWords(Map<ScenarioKey, Word> said) {
    this.said = said.isEmpty() ? Map.of() : new EnumMap<>(said);
  }

  /** Returns what {@code options} of the command line say. */
  public static ScenarioWords ofOptions(Map<ScenarioKey, String> options) {
    Map<ScenarioKey, Word> said = new EnumMap<>(ScenarioKey.class);
    options.forEach((key, text) -> said.put(key, new Word(text, "--" + key.word(), HERE)));
    return new ScenarioWords(said);
  }

  /**
   * Reads a scenario file.
   *
   * @throws IOException if the file cannot be read
   * @throws ScenarioException if it is no scenario
   */
  public static ScenarioWords read(Path file) throws IOException, ScenarioException {
    String text = Files.readString(file);
    Map<ScenarioKey, Word> said = new EnumMap<>(ScenarioKey.class);
    try (JsonParser yaml = new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
      JsonToken start = yaml.nextToken();
      if (start == null) {
        return NONE;
      }
      if (start != JsonToken.START_OBJECT) {
        throw at(file, yaml.currentTokenLocation(), "a scenario is a list of 'key: value' lines");
      }
      while (yaml.nextToken() == JsonToken.PROPERTY_NAME) {
        TokenStreamLocation place = yaml.currentTokenLocation();
        ScenarioKey key = key(yaml.currentName(), file, place);
        yaml.nextToken();
        TokenStreamLocation valuePlace = yaml.currentTokenLocation();
        Word word = new Word(value(yaml, key, file), where(file, valuePlace), directory(file));
        if (said.put(key, word) != null) {
          throw at(file, place, "'" + key.word() + "' is said twice; keep one of them");
        }
      }
    } catch (JacksonException e) {
      throw at(
          file,
          e.getLocation(),
          "not YAML: " + e.getOriginalMessage().lines().findFirst().orElse("?"));
    }
    return new ScenarioWords(said);
  }

  private static ScenarioKey key(String name, Path file, TokenStreamLocation place)
      throws ScenarioException {
    Optional<ScenarioKey> key = ScenarioKey.named(name);
    if (key.isEmpty()) {
      throw at(
          file, place, "unknown key '" + name + "'" + NearestName.hint(name, ScenarioKey.words()));
    }
    return key.get();
  }

  private static String value(JsonParser yaml, ScenarioKey key, Path file)
      throws ScenarioException {
    JsonToken token = yaml.currentToken();
    if (token.isScalarValue()) {
      return token == JsonToken.VALUE_NULL ? "" : yaml.getString();
    }
    if (token != JsonToken.START_ARRAY) {
      throw at(
          file,
          yaml.currentTokenLocation(),
          "'" + key.word() + "' takes a value or a list of values");
    }
    List<String> values = new ArrayList<>();
    while (yaml.nextToken() != JsonToken.END_ARRAY) {
      if (!yaml.currentToken().isScalarValue()) {
        throw at(file, yaml.currentTokenLocation(), "a list here holds plain values only");
      }
      values.add(yaml.getString());
    }
    return String.join(",", values);
  }

  private static Path directory(Path file) {
    return Objects.requireNonNullElse(file.getParent(), HERE);
  }

  private static ScenarioException at(Path file, TokenStreamLocation place, String what) {
    return new ScenarioException(where(file, place), what);
  }

  private static String where(Path file, TokenStreamLocation place) {
    return file + ":" + place.getLineNr() + ":" + place.getColumnNr();
  }

  /** Returns these words with {@code stronger} ones laid over them. */
  public ScenarioWords overlaidWith(ScenarioWords stronger) {
    Map<ScenarioKey, Word> both = new EnumMap<>(ScenarioKey.class);
    both.putAll(said);
    both.putAll(stronger.said);
    return new ScenarioWords(both);
  }

  /** Returns what was said of {@code key}, or its default. */
  Word word(ScenarioKey key) {
    Word word = said.get(key);
    return word != null && !word.text().isBlank()
        ? word
        : new Word(key.defaultText(), "the default of " + key.word(), HERE);
  }
}
