package dev.faultline.raft.kv;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An immutable search tree of keys: a change returns another tree, which shares all but the path to
 * the changed key.
 *
 * <p>It is balanced by weight (Adams, "Efficient sets: a balancing act", 1993, with the parameters
 * that Hirai and Yamamoto proved right in "Balancing weight-balanced trees", 2011): no side holds
 * more than three times the keys of the other. A node knows how many keys lie below it, so that
 * counting a range takes no walk through it. Look-up, change and count take O(log n).
 */
final class KeyTree {

  static final KeyTree EMPTY = new KeyTree(null);

  /** How much heavier than the other one side may be. */
  private static final int MAX_WEIGHT_RATIO = 3;

  /** Up to what weight of the inner grandchild against the outer a single rotation is enough. */
  private static final int SINGLE_ROTATION_RATIO = 2;

  private final @Nullable Node root;

  private KeyTree(@Nullable Node root) {
    this.root = root;
  }

  /** Returns how many keys there are. */
  int size() {
    return size(root);
  }

  /** Returns what is known of {@code key}, or null if it is not there. */
  @Nullable KeyValue get(Bytes key) {
    Node node = root;
    while (node != null) {
      int order = key.compareTo(node.entry.key());
      if (order == 0) {
        return node.entry;
      }
      node = order < 0 ? node.left : node.right;
    }
    return null;
  }

  /** Returns this tree with {@code entry} in place of what it had under the same key. */
  KeyTree with(KeyValue entry) {
    return new KeyTree(insert(root, entry));
  }

  /** Returns this tree without {@code key}. */
  KeyTree without(Bytes key) {
    return get(key) == null ? this : new KeyTree(delete(root, key));
  }

  /** Returns how many keys lie in {@code range}. */
  int count(KeyRange range) {
    int below = rank(range.from());
    int upTo = range.to() == null ? size() : rank(range.to());
    return Math.max(0, upTo - below);
  }

  /**
   * Hands the keys of {@code range} to {@code visitor} in ascending order, until it returns false.
   */
  void forEach(KeyRange range, Predicate<KeyValue> visitor) {
    visit(root, range, visitor);
  }

  private static boolean visit(@Nullable Node node, KeyRange range, Predicate<KeyValue> visitor) {
    if (node == null) {
      return true;
    }
    Bytes key = node.entry.key();
    boolean startsBeforeOrHere = range.from().compareTo(key) <= 0;
    boolean endsAfter = range.to() == null || key.compareTo(range.to()) < 0;
    if (startsBeforeOrHere && !visit(node.left, range, visitor)) {
      return false;
    }
    if (startsBeforeOrHere && endsAfter && !visitor.test(node.entry)) {
      return false;
    }
    return !endsAfter || visit(node.right, range, visitor);
  }

  /** Returns how many keys are less than {@code key}. */
  private int rank(Bytes key) {
    int rank = 0;
    Node node = root;
    while (node != null) {
      if (key.compareTo(node.entry.key()) <= 0) {
        node = node.left;
      } else {
        rank += size(node.left) + 1;
        node = node.right;
      }
    }
    return rank;
  }

  private static Node insert(@Nullable Node node, KeyValue entry) {
    if (node == null) {
      return new Node(null, entry, null);
    }
    int order = entry.key().compareTo(node.entry.key());
    if (order == 0) {
      return new Node(node.left, entry, node.right);
    }
    return order < 0
        ? balanced(insert(node.left, entry), node.entry, node.right)
        : balanced(node.left, node.entry, insert(node.right, entry));
  }

  private static @Nullable Node delete(@Nullable Node node, Bytes key) {
    if (node == null) {
      return null;
    }
    int order = key.compareTo(node.entry.key());
    if (order < 0) {
      return balanced(delete(node.left, key), node.entry, node.right);
    }
    if (order > 0) {
      return balanced(node.left, node.entry, delete(node.right, key));
    }
    return joined(node.left, node.right);
  }

  /**
   * Returns two neighbouring trees in one: the greatest of the left one, or the least of the right,
   * on top.
   */
  private static @Nullable Node joined(@Nullable Node left, @Nullable Node right) {
    if (left == null) {
      return right;
    }
    if (right == null) {
      return left;
    }
    if (left.size > right.size) {
      KeyValue greatest = greatest(left);
      return balanced(delete(left, greatest.key()), greatest, right);
    }
    KeyValue least = least(right);
    return balanced(left, least, delete(right, least.key()));
  }

  private static KeyValue least(Node node) {
    return node.left == null ? node.entry : least(node.left);
  }

  private static KeyValue greatest(Node node) {
    return node.right == null ? node.entry : greatest(node.right);
  }

  /** Returns a balanced node of parts of which one side has gained or lost at most one key. */
  private static Node balanced(@Nullable Node left, KeyValue entry, @Nullable Node right) {
    int leftSize = size(left);
    int rightSize = size(right);
    if (leftSize + rightSize <= 1) {
      return new Node(left, entry, right);
    }
    if (right != null && rightSize > MAX_WEIGHT_RATIO * leftSize) {
      return rotatedLeft(left, entry, right);
    }
    if (left != null && leftSize > MAX_WEIGHT_RATIO * rightSize) {
      return rotatedRight(left, entry, right);
    }
    return new Node(left, entry, right);
  }

  private static Node rotatedLeft(@Nullable Node left, KeyValue entry, Node right) {
    Node inner = right.left;
    if (inner == null || inner.size < SINGLE_ROTATION_RATIO * size(right.right)) {
      return new Node(new Node(left, entry, inner), right.entry, right.right);
    }
    return new Node(
        new Node(left, entry, inner.left),
        inner.entry,
        new Node(inner.right, right.entry, right.right));
  }

  private static Node rotatedRight(Node left, KeyValue entry, @Nullable Node right) {
    Node inner = left.right;
    if (inner == null || inner.size < SINGLE_ROTATION_RATIO * size(left.left)) {
      return new Node(left.left, left.entry, new Node(inner, entry, right));
    }
    return new Node(
        new Node(left.left, left.entry, inner.left),
        inner.entry,
        new Node(inner.right, entry, right));
  }

  private static int size(@Nullable Node node) {
    return node == null ? 0 : node.size;
  }

  /** Returns the number of levels; for tests of the balance. */
  int height() {
    return height(root);
  }

  private static int height(@Nullable Node node) {
    return node == null ? 0 : 1 + Math.max(height(node.left), height(node.right));
  }

  private static final class Node {

    private final @Nullable Node left;
    private final KeyValue entry;
    private final @Nullable Node right;

    /** How many keys lie in this node and below. */
    private final int size;

    Node(@Nullable Node left, KeyValue entry, @Nullable Node right) {
      this.left = left;
      this.entry = entry;
      this.right = right;
      this.size = size(left) + 1 + size(right);
    }
  }
}
