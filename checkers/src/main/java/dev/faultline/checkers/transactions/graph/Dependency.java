package dev.faultline.checkers.transactions.graph;

/** Why one transaction must come before another; kinds combine as bits of one byte. */
public final class Dependency {

  /** The second wrote the version after one that the first wrote. */
  public static final int WW = 1;

  /** The second read what the first wrote. */
  public static final int WR = 2;

  /** The second wrote the version after one that the first read: an anti-dependency. */
  public static final int RW = 4;

  /** One process executed both, in this order. */
  public static final int PROCESS = 8;

  /** The first was over before the second began. */
  public static final int REALTIME = 16;

  private Dependency() {}

  /** Returns the name of a single kind. */
  public static String word(int kind) {
    return switch (kind) {
      case WW -> "ww";
      case WR -> "wr";
      case RW -> "rw";
      case PROCESS -> "process";
      case REALTIME -> "realtime";
      default -> throw new IllegalArgumentException("no single kind of dependency: " + kind);
    };
  }
}
