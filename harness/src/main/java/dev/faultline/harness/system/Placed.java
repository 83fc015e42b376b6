package dev.faultline.harness.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;

/** A piece of YAML that knows where it was written. */
sealed interface Placed {

  /** Returns the file, line and column of its beginning. */
  String where();

  /** A scalar, as it was written; nothing at all is the empty text. */
  record Text(String where, String value) implements Placed {}

  /** A list. */
  record Items(String where, List<Placed> items) implements Placed {}

  /** A mapping in the order of the file. */
  record Mapping(String where, Map<String, Entry> entries) implements Placed {}

  /**
   * What a mapping says of one key.
   *
   * @param where where the key is
   */
  record Entry(String where, Placed value) {}

  /**
   * Reads a file; an empty one is an empty mapping.
   *
   * @throws IOException if it cannot be read
   * @throws SystemFileException if it is no YAML, or says something twice
   */
  static Placed read(Path file) throws IOException, SystemFileException {
    try (JsonParser yaml =
        new YAMLFactory().createParser(ObjectReadContext.empty(), Files.readString(file))) {
      return yaml.nextToken() == null ? new Mapping(file + ":1:1", Map.of()) : value(file, yaml);
    } catch (JacksonException e) {
      throw new SystemFileException(
          where(file, e.getLocation()),
          "not YAML: " + e.getOriginalMessage().lines().findFirst().orElse("?"));
    }
  }

  private static Placed value(Path file, JsonParser yaml) throws SystemFileException {
    String where = where(file, yaml.currentTokenLocation());
    return switch (yaml.currentToken()) {
      case START_OBJECT -> mapping(where, file, yaml);
      case START_ARRAY -> items(where, file, yaml);
      case VALUE_NULL -> new Text(where, "");
      default -> new Text(where, yaml.getString());
    };
  }

  private static Placed mapping(String where, Path file, JsonParser yaml)
      throws SystemFileException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    while (yaml.nextToken() == JsonToken.PROPERTY_NAME) {
      String place = where(file, yaml.currentTokenLocation());
      String key = yaml.currentName();
      yaml.nextToken();
      if (entries.put(key, new Entry(place, value(file, yaml))) != null) {
        throw new SystemFileException(place, "'" + key + "' is said twice; keep one of them");
      }
    }
    return new Mapping(where, entries);
  }

  private static Placed items(String where, Path file, JsonParser yaml) throws SystemFileException {
    List<Placed> items = new ArrayList<>();
    while (yaml.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(file, yaml));
    }
    return new Items(where, items);
  }

  private static String where(Path file, TokenStreamLocation place) {
    return file + ":" + place.getLineNr() + ":" + place.getColumnNr();
  }
}
