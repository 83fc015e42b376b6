package dev.faultline.checkers.transactions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lists that were read, nearly all of them as a length alone.
 *
 * <p>Reads of one key are prefixes of one another unless something is wrong. Each key has a trunk,
 * which grows with what is read; a read that goes along it is its length. What leaves the trunk is
 * kept whole, as a stray list. A million transactions read 77 million elements, but write 1.2
 * million.
 */
final class Lists {

  /** Stands for the trunk of a key where a stray list's number might stand. */
  static final int TRUNK = -1;

  private static final int[] EMPTY = {};

  private final Versions versions;
  private final List<int[]> trunks = new ArrayList<>();
  private final Ints trunkLengths = new Ints();
  private final List<int[]> strays = new ArrayList<>();
  private final Ints strayKeys = new Ints();

  private int key;
  private int position;
  private boolean strayed;
  private final Ints stray = new Ints();

  Lists(Versions versions) {
    this.versions = versions;
  }

  /** Begins to take in a list that was read under {@code key}. */
  void begin(int key) {
    this.key = key;
    position = 0;
    strayed = false;
    while (trunks.size() <= key) {
      trunks.add(EMPTY);
      trunkLengths.add(0);
    }
  }

  /** Takes in the next element. */
  void element(long code) {
    int[] trunk = trunks.get(key);
    if (!strayed) {
      int length = trunkLengths.get(key);
      if (position < length) {
        if (versions.code(trunk[position]) == code) {
          position++;
          return;
        }
        leaveTrunk(trunk);
      } else {
        extend(trunk, versions.version(key, code));
        return;
      }
    }
    stray.add(versions.version(key, code));
    position++;
  }

  /** Ends the list; returns the stray list that it is, or {@link #TRUNK}. */
  int end() {
    if (!strayed) {
      return TRUNK;
    }
    strays.add(stray.toArray());
    strayKeys.add(key);
    return strays.size() - 1;
  }

  /** Returns the length of the list that was ended last. */
  int length() {
    return position;
  }

  private void leaveTrunk(int[] trunk) {
    strayed = true;
    stray.clear();
    for (int i = 0; i < position; i++) {
      stray.add(trunk[i]);
    }
  }

  private void extend(int[] trunk, int version) {
    int[] roomy = trunk;
    if (position == trunk.length) {
      roomy = Arrays.copyOf(trunk, Math.max(4, position * 2));
      trunks.set(key, roomy);
    }
    roomy[position++] = version;
    trunkLengths.set(key, position);
  }

  /** Returns element {@code index} of a list read under {@code ofKey}. */
  int element(int ofKey, int list, int index) {
    return list == TRUNK ? trunks.get(ofKey)[index] : strays.get(list)[index];
  }

  int trunkLength(int ofKey) {
    return ofKey < trunkLengths.size() ? trunkLengths.get(ofKey) : 0;
  }

  int strays() {
    return strays.size();
  }

  int strayKey(int list) {
    return strayKeys.get(list);
  }

  int strayLength(int list) {
    return strays.get(list).length;
  }

  long sizeBytes() {
    long elements = 0;
    for (int[] trunk : trunks) {
      elements += trunk.length;
    }
    for (int[] list : strays) {
      elements += list.length;
    }
    return elements * Integer.BYTES;
  }
}
