package dev.faultline.checkers.transactions.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Dependencies between transactions, in compressed rows, and their order in real time beside them.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class DependencyGraph implements Digraph {

  /** Collects edges. Not safe for use by several threads. */
  public static final class Builder {

    private final int nodes;
    private int[] froms = new int[1024];
    private int[] tos = new int[1024];
    private byte[] kinds = new byte[1024];
    private int size;

    /** For each fan, the node that stands for it. */
    private final Map<Integer, Integer> fans = new HashMap<>();

    /** Starts a graph of {@code nodes} transactions. */
    public Builder(int nodes) {
      this.nodes = nodes;
    }

    /** Adds an edge; one from a transaction to itself says nothing and is left out. */
    public void add(int from, int to, int kind) {
      if (from == to) {
        return;
      }
      if (size == froms.length) {
        int capacity = Math.addExact(size, size >> 1);
        froms = Arrays.copyOf(froms, capacity);
        tos = Arrays.copyOf(tos, capacity);
        kinds = Arrays.copyOf(kinds, capacity);
      }
      froms[size] = from;
      tos[size] = to;
      kinds[size++] = (byte) kind;
    }

    /**
     * Adds an edge of {@code kind} from {@code from} to each of {@code targets}, which must be the
     * same whenever {@code fan} is. If they are many, one node stands for all of them: as many
     * edges as there are beginnings and ends, not as many as there are pairs.
     */
    public void addToAll(int from, int[] targets, int kind, int fan) {
      if (targets.length < FEWEST_OF_FAN) {
        for (int target : targets) {
          add(from, target, kind);
        }
        return;
      }
      Integer known = fans.get(fan);
      if (known == null) {
        known = nodes + fans.size();
        fans.put(fan, known);
        for (int target : targets) {
          add(known, target, kind);
        }
      }
      add(from, known, kind);
    }

    /** Returns the graph of the edges added, with {@code realTime} beside them. */
    public DependencyGraph build(RealTimeOrder realTime) {
      return new DependencyGraph(nodes, rows(), realTime);
    }

    /** Returns the edges added, parallel ones joined, each row in the order of its targets. */
    Rows rows() {
      int all = nodes + fans.size();
      int[] offsets = new int[all + 1];
      for (int i = 0; i < size; i++) {
        offsets[froms[i] + 1]++;
      }
      for (int node = 0; node < all; node++) {
        offsets[node + 1] += offsets[node];
      }
      long[] rows = new long[size];
      int[] next = Arrays.copyOf(offsets, all);
      for (int i = 0; i < size; i++) {
        rows[next[froms[i]]++] = (long) tos[i] << Byte.SIZE | kinds[i];
      }
      return merged(offsets, rows);
    }

    /** Sorts each row and joins parallel edges. */
    private static Rows merged(int[] offsets, long[] rows) {
      int nodes = offsets.length - 1;
      int[] starts = new int[nodes + 1];
      int[] targets = new int[rows.length];
      byte[] kinds = new byte[rows.length];
      int used = 0;
      for (int node = 0; node < nodes; node++) {
        starts[node] = used;
        Arrays.sort(rows, offsets[node], offsets[node + 1]);
        for (int i = offsets[node]; i < offsets[node + 1]; i++) {
          int target = (int) (rows[i] >>> Byte.SIZE);
          if (used > starts[node] && targets[used - 1] == target) {
            kinds[used - 1] |= (byte) rows[i];
          } else {
            targets[used] = target;
            kinds[used++] = (byte) rows[i];
          }
        }
      }
      starts[nodes] = used;
      return new Rows(starts, Arrays.copyOf(targets, used), Arrays.copyOf(kinds, used));
    }
  }

  private static final int FEWEST_OF_FAN = 16;

  /** How many of the nodes are transactions; those after them stand for fans. */
  private final int transactions;

  private final Rows rows;
  private final RealTimeOrder realTime;

  private DependencyGraph(int transactions, Rows rows, RealTimeOrder realTime) {
    this.transactions = transactions;
    this.rows = rows;
    this.realTime = realTime;
  }

  RealTimeOrder realTime() {
    return realTime;
  }

  /** Receives edges. */
  @FunctionalInterface
  public interface EdgeVisitor {
    /** Takes an edge with all its kinds, as bits. */
    void edge(int from, int to, int kinds);
  }

  @Override
  public int nodes() {
    return rows.nodes();
  }

  /**
   * Returns how many pairs of transactions depend on each other, real time left out; dependencies
   * on a large fan count once.
   */
  public int edges() {
    return rows.edges();
  }

  /** Tells whether there is no edge at all, of real time neither. */
  public boolean isEmpty() {
    for (int node = 0; node < nodes(); node++) {
      if (places(node) > 0) {
        return false;
      }
    }
    return true;
  }

  /** Visits every edge that leaves the transaction {@code node}. */
  public void visit(int node, EdgeVisitor visitor) {
    for (int i = rows.start(node); i < rows.end(node); i++) {
      int to = rows.target(i);
      if (to < transactions) {
        visitor.edge(node, to, rows.kinds(i));
      } else {
        visitFan(node, to, visitor);
      }
    }
    for (int i = 0; i < realTime.count(node); i++) {
      visitor.edge(node, realTime.successor(node, i), Dependency.REALTIME);
    }
  }

  private void visitFan(int node, int fan, EdgeVisitor visitor) {
    for (int i = rows.start(fan); i < rows.end(fan); i++) {
      if (rows.target(i) != node) {
        visitor.edge(node, rows.target(i), rows.kinds(i));
      }
    }
  }

  @Override
  public int places(int node) {
    int later = node < transactions ? realTime.count(node) : 0;
    return rows.end(node) - rows.start(node) + later;
  }

  @Override
  public int successor(int node, int place) {
    int stored = rows.end(node) - rows.start(node);
    return place < stored
        ? rows.target(rows.start(node) + place)
        : realTime.successor(node, place - stored);
  }

  /**
   * Returns the components with more than one transaction, each in ascending order, ordered by
   * their first transaction.
   */
  public List<int[]> components() {
    int[] component = StrongComponents.of(this);
    int[] sizes = new int[nodes()];
    for (int node = 0; node < transactions; node++) {
      sizes[component[node]]++;
    }
    int[][] members = new int[nodes()][];
    int[] filled = new int[nodes()];
    List<int[]> found = new ArrayList<>();
    for (int node = 0; node < transactions; node++) {
      int number = component[node];
      if (sizes[number] > 1) {
        if (filled[number] == 0) {
          members[number] = new int[sizes[number]];
          found.add(members[number]);
        }
        members[number][filled[number]++] = node;
      }
    }
    return found;
  }
}
