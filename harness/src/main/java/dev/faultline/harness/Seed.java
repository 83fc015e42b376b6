package dev.faultline.harness;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The 64 bits that everything random in a run comes from.
 *
 * <p>Each use takes a named {@linkplain #fork fork}, so that a new use never shifts the numbers of
 * another.
 *
 * @param value the seed's bits
 */
public record Seed(long value) {

  /** Draws a seed that nobody has seen before. */
  public static Seed fresh() {
    return new Seed(new SecureRandom().nextLong());
  }

  /**
   * Reads a seed as people write it: {@code 0x9e3779b97f4a7c15} or {@code 42}.
   *
   * @throws IllegalArgumentException if {@code text} is no 64-bit number
   */
  public static Seed parse(String text) {
    try {
      String digits = text.strip().toLowerCase(Locale.ROOT).replace("_", "");
      return new Seed(
          digits.startsWith("0x")
              ? Long.parseUnsignedLong(digits.substring(2), 16)
              : Long.parseLong(digits));
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException(
          "'" + text + "' is no seed; write 64 bits as 0x9e3779b97f4a7c15 or a number such as 42");
    }
  }

  /** Returns the seed of the use called {@code name}. */
  public Seed fork(String name) {
    // FNV-1a over the name, folded into the parent by the finaliser of SplitMix64 (Steele, Lea,
    // Flood 2014).
    long hash = 0xcbf29ce484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    long z = value ^ hash;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return new Seed(z ^ (z >>> 31));
  }

  /**
   * Returns a new stream of random numbers; the same seed gives the same stream on every machine.
   */
  public RandomGenerator random() {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(value);
  }

  /** Returns the seed as {@link #parse} reads it. */
  @Override
  public String toString() {
    return String.format("0x%016x", value);
  }
}
