package dev.faultline.checkers.json;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * A JSON value, immutable.
 *
 * <p>No number loses a digit on being read: one that is written as an integer and fits a {@code
 * long} is {@link Int}, one that a {@code double} stands for is {@link Real}, and every other one
 * is {@link Decimal}. So {@code 1} and {@code 1.0} are not equal, as in EDN, and {@code 1.0} and
 * {@code 1.00} are.
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

  /** A number with a fraction or an exponent. */
  record Real(double value) implements Json {}

  /** A number that is no {@code long}, and has more digits than tell one {@code double}. */
  record Decimal(BigDecimal value) implements Json {
    public Decimal {
      value = value.stripTrailingZeros();
    }
  }

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

  /**
   * Returns the number that {@code digits} denote, a {@link Real} if that is the same number and
   * otherwise a {@link Decimal}.
   *
   * @throws NumberFormatException if they are not a decimal number
   */
  static Json decimal(String digits) {
    double nearest = Double.parseDouble(digits);
    BigDecimal exact = new BigDecimal(digits);
    return Double.isFinite(nearest)
            && exact.compareTo(new BigDecimal(Double.toString(nearest))) == 0
        ? new Real(nearest)
        : new Decimal(exact);
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
