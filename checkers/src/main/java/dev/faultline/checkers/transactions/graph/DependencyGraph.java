package dev.faultline.checkers.transactions.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Dependencies between transactions, in compressed rows, and their order in real time beside them.
 *
 * <p>Thousands of transactions may each have to come before each of thousands of others: all that
 * read a list without what nobody ever saw in it. Such a crowd is joined by a junction, a node
 * after all transactions, with an anti-dependency into it and one out of it for each of them. Both
 * together stand for one.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class DependencyGraph implements Digraph {

  /** Collects edges. Not safe for use by several threads. */
  public static final class Builder {

    private final int transactions;
    private final Deadline deadline;
    private int nodes;
    private int[] froms = new int[1024];
    private int[] tos = new int[1024];
    private byte[] kinds = new byte[1024];
    private int size;

    /** Starts a graph of {@code transactions} with a few edges. */
    public Builder(int transactions) {
      this(transactions, Deadline.never());
    }

    /**
     * Starts a graph of {@code transactions}. Every method throws {@link OutOfTimeException} once
     * {@code deadline} is over.
     */
    public Builder(int transactions, Deadline deadline) {
      this.transactions = transactions;
      this.deadline = deadline;
      this.nodes = transactions;
    }

    /** Adds a junction and returns its number, for {@link #add}. */
    int junction() {
      return nodes++;
    }

    /** Adds an anti-dependency from each of {@code readers} to each of {@code writers}. */
    public void addAll(int[] readers, int[] writers) {
      int junction = junction();
      for (int reader : readers) {
        add(reader, junction, Dependency.RW);
      }
      for (int writer : writers) {
        add(junction, writer, Dependency.RW);
      }
    }

    /** Adds an edge; one from a transaction to itself says nothing and is left out. */
    public void add(int from, int to, int kind) {
      deadline.check();
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

    /** Returns the graph of the edges added, with {@code realTime} beside them. */
    public DependencyGraph build(RealTimeOrder realTime) {
      return new DependencyGraph(transactions, rows(), realTime);
    }

    /** Returns the edges added, parallel ones joined, each row in the order of its targets. */
    Rows rows() {
      int[] offsets = new int[nodes + 1];
      for (int i = 0; i < size; i++) {
        offsets[froms[i] + 1]++;
      }
      for (int node = 0; node < nodes; node++) {
        offsets[node + 1] += offsets[node];
      }
      long[] rows = new long[size];
      int[] next = Arrays.copyOf(offsets, nodes);
      for (int i = 0; i < size; i++) {
        deadline.check();
        rows[next[froms[i]]++] = (long) tos[i] << Byte.SIZE | kinds[i];
      }
      return merged(offsets, rows);
    }

    /** Sorts each row and joins parallel edges. */
    private Rows merged(int[] offsets, long[] rows) {
      int nodes = offsets.length - 1;
      int[] starts = new int[nodes + 1];
      int[] targets = new int[rows.length];
      byte[] kinds = new byte[rows.length];
      int used = 0;
      for (int node = 0; node < nodes; node++) {
        starts[node] = used;
        Arrays.sort(rows, offsets[node], offsets[node + 1]);
        for (int i = offsets[node]; i < offsets[node + 1]; i++) {
          deadline.check();
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

  /** Returns how many transactions and junctions there are. */
  @Override
  public int nodes() {
    return rows.nodes();
  }

  boolean isJunction(int node) {
    return node >= transactions;
  }

  /** Returns how many transactions depend on others, real time left out, each pair counted. */
  public long edges() {
    long edges = 0;
    for (int node = 0; node < transactions; node++) {
      for (int i = rows.start(node); i < rows.end(node); i++) {
        int target = rows.target(i);
        edges += isJunction(target) ? rows.end(target) - rows.start(target) : 1;
      }
    }
    return edges;
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

  /** Visits every edge that leaves {@code node}, those to junctions as such. */
  public void visit(int node, EdgeVisitor visitor) {
    for (int i = rows.start(node); i < rows.end(node); i++) {
      visitor.edge(node, rows.target(i), rows.kinds(i));
    }
    for (int i = 0; i < followers(node); i++) {
      visitor.edge(node, realTime.successor(node, i), Dependency.REALTIME);
    }
  }

  @Override
  public int places(int node) {
    return rows.end(node) - rows.start(node) + followers(node);
  }

  @Override
  public int successor(int node, int place) {
    int stored = rows.end(node) - rows.start(node);
    return place < stored
        ? rows.target(rows.start(node) + place)
        : realTime.successor(node, place - stored);
  }

  private int followers(int node) {
    return isJunction(node) ? 0 : realTime.count(node);
  }

  /** Returns the components of a graph of a few nodes. */
  public List<int[]> components() {
    return components(Deadline.never());
  }

  /**
   * Returns the components with more than one transaction, each in ascending order, ordered by
   * their first transaction. Junctions are left out.
   *
   * @throws OutOfTimeException if {@code deadline} comes first
   */
  public List<int[]> components(Deadline deadline) {
    int[] component = StrongComponents.of(this, deadline);
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
