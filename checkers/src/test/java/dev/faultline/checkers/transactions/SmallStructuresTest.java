package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What transactions are kept in. */
class SmallStructuresTest {

  private final Random random = new Random(1);

  @Test
  void aMapOfLongsIsAMap() {
    LongIntMap map = new LongIntMap();
    Map<Long, Integer> expected = new HashMap<>();
    for (int i = 0; i < 3_000; i++) {
      long key = random.nextBoolean() ? random.nextInt(500) - 250L : random.nextLong() << 33;
      map.put(key, i);
      expected.put(key, i);
      assertThat(map.get(key)).isEqualTo(i);
      long other = random.nextInt(1_000) - 500L;
      assertThat(map.get(other)).isEqualTo(expected.getOrDefault(other, LongIntMap.ABSENT));
    }
    expected.forEach((key, value) -> assertThat(map.get(key)).isEqualTo(value));
  }

  @Test
  void anArrayGrows() {
    Ints ints = new Ints();
    for (int i = 0; i < 1_000; i++) {
      ints.add(7 * i);
    }
    assertThat(ints.size()).isEqualTo(1_000);
    assertThat(ints.get(999)).isEqualTo(6_993);
    ints.set(3, -1);
    assertThat(ints.toArray()).hasSize(1_000).startsWith(0, 7, 14, -1, 28);
    ints.clear();
    assertThat(ints.toArray()).isEmpty();
  }

  @Test
  void everyValueHasOneCode() {
    Values values = new Values();
    List<Json> all =
        List.of(
            Json.of(0),
            Json.of(7),
            Json.of(-7),
            Json.of(Long.MAX_VALUE),
            Json.of(Long.MIN_VALUE),
            Json.of(Long.MAX_VALUE / 2),
            Json.of(Long.MIN_VALUE / 2),
            Json.of("x"),
            Json.of("y"),
            Json.array(Json.of(1)),
            Json.of(true));
    long[] codes = all.stream().mapToLong(values::code).toArray();
    assertThat(codes).doesNotHaveDuplicates();
    for (int i = 0; i < codes.length; i++) {
      assertThat(values.value(codes[i])).isEqualTo(all.get(i));
      assertThat(values.code(all.get(i))).isEqualTo(codes[i]);
    }
    assertThat(Values.code(7)).isEqualTo(values.code(Json.of(7)));
    assertThat(Values.isSmall(Long.MAX_VALUE / 2)).isTrue();
    assertThat(Values.isSmall(Long.MAX_VALUE / 2 + 1)).isFalse();
  }

  @Test
  void aVersionIsAValueOfOneKey() {
    Versions versions = new Versions();
    int x = versions.key("x");
    int y = versions.key("y");
    assertThat(versions.key("x")).isEqualTo(x);
    assertThat(versions.keys()).isEqualTo(2);
    assertThat(versions.keyName(y)).isEqualTo("y");
    for (int i = 0; i < 2_000; i++) {
      int version = versions.version(i % 2 == 0 ? x : y, Values.code(i / 2));
      assertThat(version).isEqualTo(i);
    }
    assertThat(versions.version(x, Values.code(500))).isEqualTo(1_000);
    assertThat(versions.count()).isEqualTo(2_000);
    assertThat(versions.keyOf(1_001)).isEqualTo(y);
    assertThat(versions.code(1_001)).isEqualTo(Values.code(500));
    assertThat(versions.value(1_001)).isEqualTo(Json.of(500));
    assertThat(versions.text(versions.version(y, versions.values().code(Json.of("a")))))
        .isEqualTo("\"a\"");
    // Columns of 1024, of 1536 and then of 2304 versions, and three slots of the maps for each.
    assertThat(versions.sizeBytes()).isEqualTo(2_304 * 12 + 3 * 2_001 * 12);
  }

  @Test
  void listsThatGrowShareATrunkAndOthersStandAlone() {
    Versions versions = new Versions();
    int x = versions.key("x");
    int y = versions.key("y");
    Lists lists = new Lists(versions);
    assertThat(lists.trunkLength(x)).isZero();
    assertThat(read(lists, y, 5, 6)).isEqualTo(Lists.TRUNK);
    assertThat(read(lists, x, 1, 2)).isEqualTo(Lists.TRUNK);
    assertThat(read(lists, x)).isEqualTo(Lists.TRUNK);
    assertThat(lists.length()).isZero();
    assertThat(read(lists, x, 1, 2, 3, 4, 5, 6)).isEqualTo(Lists.TRUNK);
    assertThat(lists.length()).isEqualTo(6);
    assertThat(read(lists, x, 1, 2, 3)).isEqualTo(Lists.TRUNK);
    assertThat(read(lists, x, 1, 7, 3)).isZero();
    assertThat(read(lists, x, 9)).isEqualTo(1);
    assertThat(lists.length()).isEqualTo(1);
    assertThat(lists.strays()).isEqualTo(2);
    assertThat(lists.strayKey(0)).isEqualTo(x);
    assertThat(lists.strayKey(1)).isEqualTo(x);
    assertThat(lists.strayLength(0)).isEqualTo(3);
    assertThat(lists.trunkLength(x)).isEqualTo(6);
    assertThat(lists.trunkLength(y)).isEqualTo(2);
    assertThat(versions.text(lists.element(x, 0, 0))).isEqualTo("1");
    assertThat(versions.text(lists.element(x, 0, 1))).isEqualTo("7");
    assertThat(versions.text(lists.element(x, 0, 2))).isEqualTo("3");
    assertThat(versions.text(lists.element(x, 1, 0))).isEqualTo("9");
    assertThat(versions.text(lists.element(x, Lists.TRUNK, 5))).isEqualTo("6");
    assertThat(versions.text(lists.element(y, Lists.TRUNK, 1))).isEqualTo("6");
    // Trunks have room for 4 and 8, strays are as long as they are.
    assertThat(lists.sizeBytes()).isEqualTo((4 + 8 + 3 + 1) * 4);
    assertThat(read(lists, y, 7)).isEqualTo(2);
    assertThat(lists.strayKey(2)).isEqualTo(y);
  }

  @Test
  void invokedOperationsAreFoundAgain() {
    PackedOperations packed = new PackedOperations();
    for (int i = 0; i < 64; i++) {
      assertThat(packed.add(i % 3 == 0, i, 10L * i)).isTrue();
    }
    assertThat(packed.add(true, 1, 1)).as("no more room").isFalse();
    assertThat(packed.size()).isEqualTo(64);
    assertThat(packed.key(63)).isEqualTo(63);
    assertThat(packed.code(62)).isEqualTo(620);
    assertThat(packed.isWrite(63)).isTrue();
    assertThat(packed.isWrite(62)).isFalse();
    assertThat(packed.matches(63, true, 63, 630)).isTrue();
    assertThat(packed.matches(63, true, 63, 631)).isFalse();
    assertThat(packed.matches(63, true, 62, 630)).isFalse();
    assertThat(packed.matches(63, false, 63, 630)).isFalse();
    assertThat(packed.matches(62, false, 62, 0)).as("a read has no value yet").isTrue();
    assertThat(packed.matches(64, false, 0, 0)).isFalse();
  }

  @Test
  void aMicroOperationIsFoundInItsTransaction() {
    Transactions transactions =
        Txns.lists("0 ok append x 1; append x 2", "1 ok r x [1,2]", "2 ok append y 1; r y [1]")
            .transactions();
    assertThat(transactions.transactionOf(0)).isZero();
    assertThat(transactions.transactionOf(1)).isZero();
    assertThat(transactions.transactionOf(2)).isEqualTo(1);
    assertThat(transactions.transactionOf(4)).isEqualTo(2);
    transactions.begin(3, 100, 101, Outcome.OK);
    transactions.begin(4, 102, 103, Outcome.INFO);
    transactions.begin(5, 104, 105, Outcome.FAIL);
    transactions.begin(6, 106, 107, Outcome.OK);
    transactions.addUnknownRead(0);
    assertThat(transactions.transactionOf(5)).as("those before have none").isEqualTo(6);
    assertThat(transactions.outcome(3)).isEqualTo(Outcome.OK);
    assertThat(transactions.outcome(4)).isEqualTo(Outcome.INFO);
    assertThat(transactions.outcome(5)).isEqualTo(Outcome.FAIL);
  }

  @Test
  void transactionsFindRoom() {
    Transactions transactions = new Transactions(Workload.WR);
    int x = transactions.versions().key("x");
    for (int t = 0; t < 5_000; t++) {
      transactions.begin(t % 7, 2 * t, 2 * t + 1, Outcome.OK);
      transactions.times(t, t + 1L);
      transactions.addWrite(x, Values.code(t));
      transactions.noteRevision(10L * t);
      transactions.addUnknownRead(x);
    }
    for (int t = 0; t < 5_000; t++) {
      assertThat(transactions.process(t)).isEqualTo(t % 7);
      assertThat(transactions.invocation(t)).isEqualTo(2 * t);
      assertThat(transactions.completion(t)).isEqualTo(2 * t + 1);
      assertThat(transactions.completionNanos(t)).isEqualTo(t + 1L);
      assertThat(transactions.first(t)).isEqualTo(2 * t);
      assertThat(transactions.isWrite(2 * t)).isTrue();
      assertThat(transactions.value(2 * t)).isEqualTo(t);
      assertThat(transactions.revision(2 * t)).isEqualTo(10L * t);
      assertThat(transactions.revision(2 * t + 1)).isZero();
    }
    assertThat(transactions.count()).isEqualTo(5_000);
    assertThat(transactions.operations()).isEqualTo(10_000);
  }

  @Test
  void columnsGrowByHalfAndTellTheirSize() {
    Transactions transactions = new Transactions(Workload.APPEND);
    int x = transactions.versions().key("x");
    for (int t = 0; t < 256; t++) {
      transactions.begin(0, 2 * t, 2 * t + 1, Outcome.OK);
      for (int op = 0; op < 4; op++) {
        transactions.addWrite(x, Values.code(4L * t + op));
      }
    }
    read(transactions.lists(), x, 0, 1, 2);
    long rest = transactions.versions().sizeBytes() + transactions.lists().sizeBytes();
    int transactionBytes = 4 * 4 + 1 + 2 * 8;
    int operationBytes = 3 * 4 + 1;
    assertThat(transactions.sizeBytes())
        .isEqualTo(256 * transactionBytes + 1024 * operationBytes + rest);
    transactions.begin(0, 512, 513, Outcome.OK);
    transactions.addUnknownRead(x);
    assertThat(transactions.sizeBytes())
        .isEqualTo(384 * transactionBytes + 1536 * operationBytes + rest);
    transactions.noteRevision(7);
    assertThat(transactions.sizeBytes())
        .isEqualTo(384 * transactionBytes + 1536 * (operationBytes + 8) + rest);
  }

  private static int read(Lists lists, int key, int... elements) {
    lists.begin(key);
    for (int element : elements) {
      lists.element(Values.code(element));
    }
    return lists.end();
  }
}
