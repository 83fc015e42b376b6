package dev.faultline.results.compare;

/**
 * How often clients met one error. A refused compare-and-set is an answer, not an error.
 *
 * @param code the word for it in the history; {@code unspecified} where none was given
 * @param definite whether the error proves that the operation had no effect. What is not definite
 *     is mostly {@code info}; a read that got no answer is {@code fail} although its error is not.
 * @param count how often
 */
public record ErrorCount(String code, boolean definite, long count) {}
