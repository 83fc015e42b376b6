package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Configurations in plain collections, to hold their packed form against. */
final class Configurations {

  /**
   * A configuration.
   *
   * @param may the slots that may still be used
   * @param must the slots that must still be used
   * @param used how many of each class were used
   */
  record Plain(int state, Set<Integer> may, Set<Integer> must, List<Integer> used) {

    boolean isAsGood(Plain other) {
      boolean good = may.containsAll(other.may) && other.must.containsAll(must);
      for (int i = 0; i < used.size(); i++) {
        good &= used.get(i) <= other.used.get(i);
      }
      return good;
    }

    Plain joined(Plain other) {
      Set<Integer> either = new TreeSet<>(may);
      either.addAll(other.may);
      Set<Integer> both = new TreeSet<>(must);
      both.retainAll(other.must);
      List<Integer> least = new ArrayList<>();
      for (int i = 0; i < used.size(); i++) {
        least.add(Math.min(used.get(i), other.used.get(i)));
      }
      return new Plain(state, either, both, least);
    }
  }

  final Timeline timeline;
  final Layout layout;
  private final int[] classSizes;

  /**
   * Makes room for {@code slots} operations in flight at once and for classes of operations without
   * completion.
   */
  Configurations(int slots, int... classSizes) {
    Script script = new Script();
    int process = 0;
    for (int i = 0; i < classSizes.length; i++) {
      for (int member = 0; member < classSizes[i]; member++) {
        script.invoke(process++, "write", "\"class " + i + "\"");
      }
    }
    for (int i = 0; i < slots; i++) {
      script.invoke(process + i, "write", Integer.toString(i));
    }
    for (int i = 0; i < slots; i++) {
      script.ok(process + i);
    }
    timeline = new Timeline(OneKey.encoded(script), true);
    layout = new Layout(timeline, false);
    this.classSizes = classSizes;
  }

  long[] packed(Plain plain) {
    long[] words = new long[layout.stride];
    words[0] = plain.state();
    plain.may().forEach(slot -> words[layout.may + slot / Long.SIZE] |= 1L << slot % Long.SIZE);
    plain.must().forEach(slot -> words[layout.must + slot / Long.SIZE] |= 1L << slot % Long.SIZE);
    for (int i = 0; i < plain.used().size(); i++) {
      for (int times = 0; times < plain.used().get(i); times++) {
        layout.use(words, i);
      }
    }
    return words;
  }

  Plain unpacked(long[] words) {
    Set<Integer> may = new TreeSet<>();
    Set<Integer> must = new TreeSet<>();
    for (int slot = 0; slot < timeline.slots; slot++) {
      long bit = 1L << slot % Long.SIZE;
      if ((words[layout.may + slot / Long.SIZE] & bit) != 0) {
        may.add(slot);
      }
      if ((words[layout.must + slot / Long.SIZE] & bit) != 0) {
        must.add(slot);
      }
    }
    List<Integer> used = new ArrayList<>();
    for (int i = 0; i < classSizes.length; i++) {
      used.add(layout.used(words, i));
    }
    return new Plain((int) words[0], may, must, used);
  }

  Plain random(Random random, int states) {
    List<Integer> used = new ArrayList<>();
    for (int size : classSizes) {
      used.add(random.nextInt(size + 1));
    }
    return new Plain(random.nextInt(states), slots(random), slots(random), used);
  }

  /** Returns a configuration that differs in one respect. */
  Plain neighbour(Plain plain, Random random) {
    Set<Integer> may = new TreeSet<>(plain.may());
    Set<Integer> must = new TreeSet<>(plain.must());
    List<Integer> used = new ArrayList<>(plain.used());
    int choice = random.nextInt(classSizes.length == 0 ? 2 : 3);
    if (choice == 2) {
      int at = random.nextInt(classSizes.length);
      used.set(at, random.nextInt(classSizes[at] + 1));
    } else {
      Set<Integer> changed = choice == 0 ? may : must;
      int slot = random.nextInt(timeline.slots);
      if (!changed.remove(slot)) {
        changed.add(slot);
      }
    }
    return new Plain(plain.state(), may, must, used);
  }

  private Set<Integer> slots(Random random) {
    Set<Integer> slots = new TreeSet<>();
    for (int slot = 0; slot < timeline.slots; slot++) {
      if (random.nextBoolean()) {
        slots.add(slot);
      }
    }
    return slots;
  }
}
