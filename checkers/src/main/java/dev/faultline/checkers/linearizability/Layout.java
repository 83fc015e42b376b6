package dev.faultline.checkers.linearizability;

/**
 * How a configuration lies in {@code long} words.
 *
 * <p>Word 0 is the state. Then come, a bit for each slot, the operations in flight that may still
 * be <em>used</em>, and those that still <em>must</em> be: a new operation may and must be used,
 * one that was used neither, and one that could have been placed where nobody would notice may be
 * used but need not. At the end it is counted how many operations of each class without completion
 * were used, in fields that are just wide enough and one guard bit wider, so that all fields of a
 * word are compared by one subtraction.
 *
 * <p>A configuration stands for all ways to go on from it: sequences of operations, each placed
 * within its interval, possible one after the other from the state on, with every operation that
 * must be used, no operation that neither may nor must, and of each class no more members than are
 * left. An operation that only observes needs no leave to be used: it changes nothing, and is in no
 * way unless it must be. Thus there are four kinds of operations in flight:
 *
 * <ul>
 *   <li><em>may and must</em>: it changes something and has no place yet;
 *   <li><em>must</em> alone: it only observes and has no place yet;
 *   <li><em>may</em> alone: it is optional, because it has a place where nobody notices, which it
 *       can still give up for a visible one, or because configurations were {@link #join}ed of
 *       which only some had used it. Of the first kind are only operations that are blind, or that
 *       change nothing in some state; of the second kind can be any;
 *   <li><em>neither</em>: it has its place for good.
 * </ul>
 *
 * <p>A configuration that was made by placing operations is real: each way to go on from it
 * completes a linearization, once optional operations that it uses have given up their place. One
 * that was joined need not be real, but has every way to go on that any of its origins had.
 *
 * <p>A configuration is at least as good as another of the same state if what it may use includes
 * what the other may, what it must use is included in what the other must, and it used no more of
 * any class: whatever the other can still do, it can too.
 */
final class Layout {

  static final int WORD_SHIFT = 6;

  /** How much one operation in flight weighs in {@link #burden}, owed ones twice. */
  private static final int UNIT = 16;

  /** What the last operation of a class without completion weighs; of more, each weighs less. */
  private static final int SCARCITY = 4096;

  final int slotWords;
  final int may;
  final int must;
  final int counts;

  /** How many words make two configurations different. */
  final int width;

  /** How many words are kept: one more, the place in a {@link Trail}, if one is laid. */
  final int stride;

  private final int[] fieldWords;
  private final int[] fieldShifts;
  private final long[] fieldMasks;
  private final long[] guards;

  Layout(Timeline timeline, boolean withTrail) {
    slotWords = Math.max(1, (timeline.slots + Long.SIZE - 1) >> WORD_SHIFT);
    may = 1;
    must = may + slotWords;
    counts = must + slotWords;
    int classes = timeline.classSizes.length;
    fieldWords = new int[classes];
    fieldShifts = new int[classes];
    fieldMasks = new long[classes];
    int word = counts;
    int shift = 0;
    for (int i = 0; i < classes; i++) {
      int bits = Integer.SIZE - Integer.numberOfLeadingZeros(timeline.classSizes[i]);
      if (shift + bits + 1 > Long.SIZE) {
        word++;
        shift = 0;
      }
      fieldWords[i] = word;
      fieldShifts[i] = shift;
      fieldMasks[i] = (1L << bits) - 1;
      shift += bits + 1;
    }
    width = classes == 0 ? counts : word + 1;
    stride = withTrail ? width + 1 : width;
    guards = new long[width];
    for (int i = 0; i < classes; i++) {
      guards[fieldWords[i]] |= (fieldMasks[i] + 1) << fieldShifts[i];
    }
  }

  /** Returns how many operations of a class the configuration has used. */
  int used(long[] configuration, int classNumber) {
    return field(configuration, 0, classNumber);
  }

  void use(long[] configuration, int classNumber) {
    use(configuration, classNumber, 1);
  }

  /** Counts {@code times} operations of a class more as used; there must be so many. */
  void use(long[] configuration, int classNumber, int times) {
    configuration[fieldWords[classNumber]] += (long) times << fieldShifts[classNumber];
  }

  /** Tells whether {@code a[from..]}, of the same state as {@code b}, is at least as good. */
  boolean isAsGood(long[] a, int from, long[] b, int bFrom) {
    for (int i = may, j = must; i < must; i++, j++) {
      if (((b[bFrom + i] & ~a[from + i]) | (a[from + j] & ~b[bFrom + j])) != 0) {
        return false;
      }
    }
    for (int i = counts; i < width; i++) {
      if ((((b[bFrom + i] | guards[i]) - a[from + i]) & guards[i]) != guards[i]) {
        return false;
      }
    }
    return true;
  }

  boolean isSame(long[] a, int from, long[] b, int bFrom) {
    for (int i = 1; i < width; i++) {
      if (a[from + i] != b[bFrom + i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Makes {@code a[from..]} at least as good as both it and {@code b}, and no better than it must.
   */
  void join(long[] a, int from, long[] b) {
    for (int i = may; i < must; i++) {
      a[from + i] |= b[i];
    }
    for (int i = must; i < counts; i++) {
      a[from + i] &= b[i];
    }
    for (int i = counts; i < width; i++) {
      a[from + i] = fieldwiseMinimum(a[from + i], b[i], guards[i]);
    }
  }

  /** Returns in how many bits two configurations differ. */
  int distance(long[] a, int from, long[] b) {
    int distance = 0;
    for (int i = may; i < width; i++) {
      distance += Long.bitCount(a[from + i] ^ b[i]);
    }
    return distance;
  }

  /**
   * Returns how much a configuration has spent and owes; less is more promising. What is scarce is
   * dear: of a class without completion, using the last member costs most.
   */
  int burden(long[] words, int from, InFlight inFlight) {
    int burden = 0;
    for (int i = may; i < must; i++) {
      burden -= UNIT * Long.bitCount(words[from + i]);
    }
    for (int i = must; i < counts; i++) {
      burden += 2 * UNIT * Long.bitCount(words[from + i]);
    }
    for (int i = 0; i < fieldWords.length; i++) {
      burden += SCARCITY / (1 + inFlight.invoked(i) - field(words, from, i));
    }
    return burden;
  }

  private int field(long[] words, int from, int classNumber) {
    long word = words[from + fieldWords[classNumber]];
    return (int) ((word >>> fieldShifts[classNumber]) & fieldMasks[classNumber]);
  }

  private static long fieldwiseMinimum(long a, long b, long guards) {
    // A guard bit stays where b's field is at least a's; spread it over the bits below it.
    long aIsLess = ((b | guards) - a) & guards;
    long fieldsOfA = 0;
    long lowest = 1;
    for (long rest = guards; rest != 0; rest &= rest - 1) {
      long guard = Long.lowestOneBit(rest);
      if ((aIsLess & guard) != 0) {
        fieldsOfA |= guard - lowest;
      }
      lowest = guard << 1;
    }
    return (a & fieldsOfA) | (b & ~fieldsOfA);
  }
}
