package dev.faultline.harness.system;

import dev.faultline.nemeses.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes a mapping apart by its keys, and says where one of them is not what it should be. */
final class PlacedReader {

  private final Placed.Mapping mapping;

  /**
   * Reads {@code mapping}.
   *
   * @param what what the mapping is, for errors
   * @throws SystemFileException if it is no mapping, or has a key that is none of {@code keys}
   */
  PlacedReader(Placed mapping, String what, List<String> keys) throws SystemFileException {
    if (!(mapping instanceof Placed.Mapping map)) {
      throw new SystemFileException(mapping.where(), what + " is a list of 'key: value' lines");
    }
    this.mapping = map;
    for (Map.Entry<String, Placed.Entry> entry : map.entries().entrySet()) {
      if (!keys.isEmpty() && !keys.contains(entry.getKey())) {
        throw new SystemFileException(
            entry.getValue().where(),
            "unknown key '" + entry.getKey() + "'" + NearestName.hint(entry.getKey(), keys));
      }
    }
  }

  /** Returns a reader of a mapping with any keys. */
  static PlacedReader free(Placed mapping, String what) throws SystemFileException {
    return new PlacedReader(mapping, what, List.of());
  }

  /** Returns the value of {@code key}, whatever it is. */
  Optional<Placed> value(String key) {
    return Optional.ofNullable(mapping.entries().get(key)).map(Placed.Entry::value);
  }

  /** Returns the text of {@code key}; empty if nothing is said of it. */
  Optional<Placed.Text> text(String key) throws SystemFileException {
    Optional<Placed> value = value(key);
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(text(key, value.get())).filter(text -> !text.value().isBlank());
  }

  /** Returns the text of {@code key}, without which {@code why} is not known. */
  Placed.Text required(String key, String why) throws SystemFileException {
    Optional<Placed.Text> text = text(key);
    if (text.isEmpty()) {
      throw new SystemFileException(mapping.where(), "'" + key + "' is missing: " + why);
    }
    return text.get();
  }

  /** Returns the list of {@code key}; a single text is a list of one. */
  List<Placed.Text> list(String key) throws SystemFileException {
    Optional<Placed> value = value(key);
    if (value.isEmpty()) {
      return List.of();
    }
    if (!(value.get() instanceof Placed.Items(String _, List<Placed> items))) {
      return text(key).map(List::of).orElse(List.of());
    }
    List<Placed.Text> texts = new ArrayList<>();
    for (Placed item : items) {
      texts.add(text(key, item));
    }
    return texts;
  }

  /** Returns every key with its text, which may be empty. */
  Map<String, Placed.Text> texts() throws SystemFileException {
    Map<String, Placed.Text> texts = new LinkedHashMap<>();
    for (Map.Entry<String, Placed.Entry> entry : mapping.entries().entrySet()) {
      texts.put(entry.getKey(), text(entry.getKey(), entry.getValue().value()));
    }
    return texts;
  }

  private static Placed.Text text(String key, Placed value) throws SystemFileException {
    if (value instanceof Placed.Text text) {
      return text;
    }
    throw new SystemFileException(value.where(), "'" + key + "' takes plain text here");
  }

  /** Complains of the whole mapping. */
  SystemFileException wrong(String what) {
    return new SystemFileException(mapping.where(), what);
  }
}
