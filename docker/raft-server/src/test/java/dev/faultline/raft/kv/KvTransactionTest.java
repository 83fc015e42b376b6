package dev.faultline.raft.kv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KvTransactionTest {

  private static final Bytes A = Bytes.utf8("a");
  private static final Bytes B = Bytes.utf8("b");
  private static final Bytes ONE = Bytes.utf8("1");
  private static final Bytes TWO = Bytes.utf8("2");

  @Test
  void startsAtRevisionOne() {
    assertThat(KvSnapshot.EMPTY.revision()).isEqualTo(1);
    assertThat(KvSnapshot.EMPTY.begin().end()).isSameAs(KvSnapshot.EMPTY);
  }

  @Test
  void givesAllWritesOfATransactionOneRevision() {
    KvTransaction transaction = put(KvSnapshot.EMPTY, A, ONE).begin();
    transaction.put(A, TWO);
    transaction.put(B, ONE);
    KvSnapshot after = transaction.end();
    assertThat(after.revision()).isEqualTo(3);
    assertThat(after.get(A)).isEqualTo(new KeyValue(A, TWO, 2, 3, 2));
    assertThat(after.get(B)).isEqualTo(new KeyValue(B, ONE, 3, 3, 1));
  }

  @Test
  void deletingWhatIsNotThereIsNoWrite() {
    KvSnapshot before = put(KvSnapshot.EMPTY, A, ONE);
    KvTransaction transaction = before.begin();
    assertThat(transaction.deleteRange(KeyRange.of(B))).isEmpty();
    assertThat(transaction.end()).isSameAs(before);
  }

  @Test
  void forgetsAKeysPastWithItsDeletion() {
    KvSnapshot written = put(put(KvSnapshot.EMPTY, A, ONE), A, TWO);
    KvTransaction deletion = written.begin();
    assertThat(deletion.deleteRange(KeyRange.of(A))).containsExactly(new KeyValue(A, TWO, 2, 3, 2));
    KvSnapshot deleted = deletion.end();
    assertThat(deleted.revision()).isEqualTo(4);
    assertThat(deleted.get(A)).isNull();
    assertThat(deleted.sizeBytes()).isZero();
    assertThat(put(deleted, A, ONE).get(A)).isEqualTo(new KeyValue(A, ONE, 5, 5, 1));
  }

  @Test
  void seesItsOwnWritesAloneUntilItEnds() {
    KvTransaction transaction = KvSnapshot.EMPTY.begin();
    assertThat(transaction.revision()).isEqualTo(1);
    assertThat(transaction.put(A, ONE)).isNull();
    assertThat(transaction.revision()).isEqualTo(2);
    assertThat(transaction.get(A)).isNotNull();
    assertThat(KvSnapshot.EMPTY.get(A)).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
  void agreesWithANaiveModel(long seed) {
    Random random = new Random(seed);
    NaiveStore model = new NaiveStore();
    KvSnapshot snapshot = KvSnapshot.EMPTY;
    List<KvSnapshot> past = new ArrayList<>();
    List<Map<Bytes, KeyValue>> expectedPast = new ArrayList<>();
    for (int step = 0; step < 300; step++) {
      KvTransaction transaction = snapshot.begin();
      model.begin();
      for (int op = random.nextInt(4); op > 0; op--) {
        Bytes key = Bytes.utf8("k" + random.nextInt(12));
        if (random.nextInt(3) > 0) {
          Bytes value = Bytes.utf8(step + "." + op);
          assertThat(transaction.put(key, value)).isEqualTo(model.put(key, value));
        } else {
          KeyRange range = KeyRange.of(key, Bytes.utf8("k" + random.nextInt(12)));
          assertThat(transaction.deleteRange(range)).isEqualTo(model.delete(range));
        }
      }
      snapshot = transaction.end();
      assertThat(snapshot.revision()).isEqualTo(model.end());
      past.add(snapshot);
      expectedPast.add(Map.copyOf(model.entries));
    }
    for (int i = 0; i < past.size(); i++) {
      assertThat(contents(past.get(i))).isEqualTo(expectedPast.get(i));
    }
    assertThat(snapshot.sizeBytes())
        .isEqualTo(model.entries.values().stream().mapToLong(KeyValue::sizeBytes).sum());
  }

  private static KvSnapshot put(KvSnapshot snapshot, Bytes key, Bytes value) {
    KvTransaction transaction = snapshot.begin();
    transaction.put(key, value);
    return transaction.end();
  }

  private static Map<Bytes, KeyValue> contents(KvSnapshot snapshot) {
    Map<Bytes, KeyValue> contents = new HashMap<>();
    snapshot.forEach(new KeyRange(Bytes.EMPTY, null), kv -> contents.put(kv.key(), kv) == null);
    return contents;
  }

  /** Does by hand what the documentation says, on a plain map. */
  private static final class NaiveStore {

    private final Map<Bytes, KeyValue> entries = new TreeMap<>();
    private long revision = 1;
    private boolean written;

    void begin() {
      written = false;
    }

    @org.jspecify.annotations.Nullable
    KeyValue put(Bytes key, Bytes value) {
      written = true;
      KeyValue old = entries.get(key);
      long created = old == null ? revision + 1 : old.createRevision();
      long version = old == null ? 1 : old.version() + 1;
      entries.put(key, new KeyValue(key, value, created, revision + 1, version));
      return old;
    }

    List<KeyValue> delete(KeyRange range) {
      List<KeyValue> gone =
          entries.values().stream().filter(kv -> range.contains(kv.key())).toList();
      gone.forEach(kv -> entries.remove(kv.key()));
      written |= !gone.isEmpty();
      return gone;
    }

    long end() {
      revision += written ? 1 : 0;
      return revision;
    }
  }
}
