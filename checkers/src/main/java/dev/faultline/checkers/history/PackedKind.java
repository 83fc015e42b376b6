package dev.faultline.checkers.history;

/** Packs a function (16 bits), a node (14 bits) and a type (2 bits) into one {@code int}. */
final class PackedKind {

  static final int FUNCTIONS = 1 << 16;
  static final int NODES = 1 << 14;

  private static final int TYPE_BITS = 2;
  private static final int NODE_BITS = 14;
  private static final EventType[] TYPES = EventType.values();

  private PackedKind() {}

  static int pack(int function, int node, EventType type) {
    return (function << NODE_BITS | node) << TYPE_BITS | type.ordinal();
  }

  static int function(int kind) {
    return kind >>> NODE_BITS + TYPE_BITS;
  }

  static int node(int kind) {
    return kind >>> TYPE_BITS & NODES - 1;
  }

  static EventType type(int kind) {
    return TYPES[kind & (1 << TYPE_BITS) - 1];
  }
}
