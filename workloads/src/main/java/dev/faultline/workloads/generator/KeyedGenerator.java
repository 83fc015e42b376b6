package dev.faultline.workloads.generator;

import java.util.random.RandomGenerator;

/** Makes the generator for one key after the other; pure but for {@code random}. */
@FunctionalInterface
public interface KeyedGenerator {

  /**
   * Returns the generator for a fresh key.
   *
   * @param keyNumber which key this is; they count up from 0 and no number comes twice
   * @param random where all chance comes from
   */
  Generator forKey(long keyNumber, RandomGenerator random);
}
