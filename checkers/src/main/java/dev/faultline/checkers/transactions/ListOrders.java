package dev.faultline.checkers.transactions;

import java.util.Arrays;

/**
 * The order of each key's versions: the longest list that was read, and after it, in no known
 * order, what was appended and never seen.
 */
final class ListOrders {

  private final Transactions transactions;
  private final Writers writers;
  private final int[] longest;
  private final int[][] orders;
  private final int[] position;

  /** For each version in an order, the first committed one from it on, or -1. */
  private final int[] committedFrom;

  /** And the last one up to it, or -1. */
  private final int[] committedUpTo;

  private final int[][] unseen;
  private final boolean[] excluded;

  ListOrders(Transactions transactions, Writers writers) {
    this.transactions = transactions;
    this.writers = writers;
    int keys = transactions.versions().keys();
    this.excluded = new boolean[keys];
    writers.ambiguous().stream()
        .forEach(version -> excluded[transactions.versions().keyOf(version)] = true);
    this.position = new int[transactions.versions().count()];
    Arrays.fill(position, -1);
    this.committedFrom = new int[position.length];
    this.committedUpTo = new int[position.length];
    this.longest = longest(keys);
    this.orders = new int[keys][];
    for (int key = 0; key < keys; key++) {
      orders[key] = distinct(key, longest[key]);
      findCommitted(orders[key]);
    }
    this.unseen = findUnseen(keys);
  }

  /** Tells whether nothing can be said of {@code key}: one of its elements was appended twice. */
  boolean isExcluded(int key) {
    return excluded[key];
  }

  int[] order(int key) {
    return orders[key];
  }

  /** Tells whether the list that {@code read} saw is a prefix of the longest one of its key. */
  boolean isAlong(int read) {
    int key = transactions.key(read);
    int list = transactions.value(read);
    if (list == longest[key]) {
      return true;
    }
    Lists lists = transactions.lists();
    int length = transactions.length(read);
    for (int i = 0; i < length; i++) {
      if (lists.element(key, list, i) != lists.element(key, longest[key], i)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the place of {@code version} in its key's order, or -1. */
  int position(int version) {
    return position[version];
  }

  /** Returns what was appended to {@code key}, perhaps committed, and in no list that was read. */
  int[] unseen(int key) {
    return unseen[key];
  }

  /** Returns the first committed version of {@code key} at {@code from} or after it, or -1. */
  int committedAt(int key, int from) {
    int[] order = orders[key];
    return from < order.length ? committedFrom[order[from]] : -1;
  }

  /** Returns the last committed version of {@code key} before {@code to}, or -1. */
  int committedBefore(int key, int to) {
    return to > 0 ? committedUpTo[orders[key][to - 1]] : -1;
  }

  /** Works out for each version of {@code order} the nearest committed ones on both sides. */
  private void findCommitted(int[] order) {
    int last = -1;
    for (int version : order) {
      last = writers.isCommitted(version) ? version : last;
      committedUpTo[version] = last;
    }
    int next = -1;
    for (int i = order.length - 1; i >= 0; i--) {
      next = writers.isCommitted(order[i]) ? order[i] : next;
      committedFrom[order[i]] = next;
    }
  }

  private int[] longest(int keys) {
    Lists lists = transactions.lists();
    int[] longest = new int[keys];
    Arrays.fill(longest, Lists.TRUNK);
    for (int list = 0; list < lists.strays(); list++) {
      int key = lists.strayKey(list);
      if (lists.strayLength(list) > length(key, longest[key])) {
        longest[key] = list;
      }
    }
    return longest;
  }

  private int length(int key, int list) {
    return list == Lists.TRUNK
        ? transactions.lists().trunkLength(key)
        : transactions.lists().strayLength(list);
  }

  private int[] distinct(int key, int list) {
    int[] order = new int[length(key, list)];
    int used = 0;
    for (int i = 0; i < order.length; i++) {
      int version = transactions.lists().element(key, list, i);
      if (position[version] < 0) {
        position[version] = used;
        order[used++] = version;
      }
    }
    return used == order.length ? order : Arrays.copyOf(order, used);
  }

  private int[][] findUnseen(int keys) {
    Ints[] found = new Ints[keys];
    for (int version = 0; version < position.length; version++) {
      if (position[version] < 0 && writers.isCommitted(version)) {
        int key = transactions.versions().keyOf(version);
        if (found[key] == null) {
          found[key] = new Ints();
        }
        found[key].add(version);
      }
    }
    int[][] all = new int[keys][];
    for (int key = 0; key < keys; key++) {
      all[key] = found[key] == null ? new int[0] : found[key].toArray();
    }
    return all;
  }
}
