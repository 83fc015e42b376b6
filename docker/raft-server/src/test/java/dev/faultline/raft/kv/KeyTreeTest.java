package dev.faultline.raft.kv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTreeTest {

  private static final int STEPS = 4_000;
  private static final int KEYS = 300;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void agreesWithASortedMapUnderRandomChanges(long seed) {
    Random random = new Random(seed);
    NavigableMap<Bytes, KeyValue> model = new TreeMap<>();
    KeyTree tree = KeyTree.EMPTY;
    for (int step = 0; step < STEPS; step++) {
      Bytes key = randomKey(random);
      if (random.nextInt(100) < (step < STEPS / 2 ? 70 : 30)) {
        KeyValue entry = KeyValue.created(key, Bytes.EMPTY, step);
        tree = tree.with(entry);
        model.put(key, entry);
      } else {
        tree = tree.without(key);
        model.remove(key);
      }
      KeyRange range = KeyRange.of(randomKey(random), randomKey(random));
      assertThat(tree.size()).isEqualTo(model.size());
      assertThat(tree.get(key)).isEqualTo(model.get(key));
      assertThat(tree.count(range)).isEqualTo(inModel(model, range).size());
      assertThat(keysOf(tree, range)).isEqualTo(inModel(model, range));
      assertThat(tree.height()).isLessThanOrEqualTo(maxHeight(tree.size()));
    }
  }

  @Test
  void staysShallowWhenKeysComeInOrder() {
    KeyTree tree = KeyTree.EMPTY;
    for (int i = 0; i < 20_000; i++) {
      tree = tree.with(KeyValue.created(Bytes.utf8("%08d".formatted(i)), Bytes.EMPTY, i));
    }
    assertThat(tree.height()).isLessThanOrEqualTo(maxHeight(tree.size()));
  }

  @Test
  void leavesOlderTreesAsTheyWere() {
    Random random = new Random(7);
    List<KeyTree> versions = new ArrayList<>();
    List<List<Bytes>> contents = new ArrayList<>();
    KeyTree tree = KeyTree.EMPTY;
    for (int step = 0; step < 500; step++) {
      Bytes key = randomKey(random);
      tree =
          random.nextBoolean()
              ? tree.with(KeyValue.created(key, Bytes.EMPTY, step))
              : tree.without(key);
      versions.add(tree);
      contents.add(all(tree));
    }
    for (int i = 0; i < versions.size(); i++) {
      assertThat(all(versions.get(i))).isEqualTo(contents.get(i));
    }
  }

  @Test
  void stopsAVisitWhenTheVisitorHasEnough() {
    KeyTree tree = KeyTree.EMPTY;
    for (String key : List.of("a", "b", "c", "d")) {
      tree = tree.with(KeyValue.created(Bytes.utf8(key), Bytes.EMPTY, 1));
    }
    List<String> seen = new ArrayList<>();
    tree.forEach(
        new KeyRange(Bytes.utf8("b"), null),
        entry -> {
          seen.add(entry.key().toString());
          return seen.size() < 2;
        });
    assertThat(seen).containsExactly("b", "c");
  }

  /** A tree of which no side weighs more than three times the other is at most this high. */
  private static int maxHeight(int size) {
    return 1 + (int) Math.ceil(Math.log(size + 1.0) / Math.log(4.0 / 3.0));
  }

  private static Bytes randomKey(Random random) {
    int number = random.nextInt(KEYS);
    // Some keys are prefixes of others, and some have a byte that is negative in Java.
    return number % 7 == 0
        ? Bytes.takingOver(new byte[] {(byte) number, (byte) (number >> 1)})
        : Bytes.utf8(Integer.toString(number));
  }

  private static List<Bytes> inModel(NavigableMap<Bytes, KeyValue> model, KeyRange range) {
    return model.keySet().stream()
        .filter(range::contains)
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  private static List<Bytes> keysOf(KeyTree tree, KeyRange range) {
    List<Bytes> keys = new ArrayList<>();
    tree.forEach(range, entry -> keys.add(entry.key()));
    return keys;
  }

  private static List<Bytes> all(KeyTree tree) {
    return keysOf(tree, new KeyRange(Bytes.EMPTY, null));
  }
}
