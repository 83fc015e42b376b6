package dev.faultline.results.compare;

/**
 * A figure of the servers beyond the threshold from which an operator should look at it. It breaks
 * no promise.
 *
 * @param name what it is about
 * @param value the figure, in the unit of the threshold
 * @param threshold the most that raises no alert
 * @param sentence what was seen, against what
 */
public record Alert(String name, double value, double threshold, String sentence) {}
