package dev.faultline.checkers.json;

import java.util.List;
import java.util.Map;

/**
 * A JSON value, immutable.
 *
 * <p>Numbers that fit a {@code long} are {@link Int}; every other number is {@link Real}.
 */
public sealed interface Json {

  /** The JSON {@code null}. */
  Null NULL = new Null();

  /** The JSON {@code null}; use {@link #NULL}. */
  record Null() implements Json {}

  /** {@code true} or {@code false}. */
  record Bool(boolean value) implements Json {}

  /** An integer that fits a {@code long}. */
  record Int(long value) implements Json {}

  /** A number with a fraction or an exponent, or too large for a {@code long}. */
  record Real(double value) implements Json {}

  /** A string. */
  record Text(String value) implements Json {}

  /** An array, in order. */
  record Array(List<Json> values) implements Json {
    public Array {
      values = List.copyOf(values);
    }
  }

  /** An object; members keep the order in which they were given. */
  record Obj(Map<String, Json> members) implements Json {
    public Obj {
      members =
          java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<String, Json>(members));
    }
  }

  /** Returns an integer. */
  static Json of(long value) {
    return new Int(value);
  }

  /** Returns a string. */
  static Json of(String value) {
    return new Text(value);
  }

  /** Returns a boolean. */
  static Json of(boolean value) {
    return new Bool(value);
  }

  /** Returns an array. */
  static Json array(Json... values) {
    return new Array(List.of(values));
  }
}
