package dev.faultline.checkers.history;

/** Packs a function (16 bits), a node (14 bits) and a type (2 bits) into one {@code int}. */
final class PackedKind {

  static final int FUNCTIONS = 1 << 16;
  static final int NODES = 1 << 14;

  private static final int TYPE_BITS = 2;
  private static final int NODE_BITS = 14;

  private PackedKind() {}

  static int pack(int function, int node, EventType type) {
    return (function << NODE_BITS | node) << TYPE_BITS | code(type);
  }

  static int function(int kind) {
    return kind >>> (NODE_BITS + TYPE_BITS);
  }

  static int node(int kind) {
    return (kind >>> TYPE_BITS) & (NODES - 1);
  }

  static EventType type(int kind) {
    return switch (kind & ((1 << TYPE_BITS) - 1)) {
      case 0 -> EventType.INVOKE;
      case 1 -> EventType.OK;
      case 2 -> EventType.FAIL;
      default -> EventType.INFO;
    };
  }

  private static int code(EventType type) {
    return switch (type) {
      case INVOKE -> 0;
      case OK -> 1;
      case FAIL -> 2;
      case INFO -> 3;
    };
  }
}
