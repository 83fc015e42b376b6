package dev.faultline.workloads.generator;

/**
 * Tells whether a generator inside another stayed what it was, so that the other can stay what it
 * is. By identity: comparing values would descend into whole trees to save one small copy.
 */
final class Unchanged {

  private Unchanged() {}

  @SuppressWarnings("ReferenceEquality") // see above
  static boolean is(Generator before, Generator after) {
    return before == after;
  }
}
