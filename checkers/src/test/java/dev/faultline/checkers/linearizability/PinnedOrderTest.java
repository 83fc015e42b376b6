package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What versions and revisions contradict, whatever else happened. */
class PinnedOrderTest {

  private final List<Operation> operations = new ArrayList<>();

  @Nested
  class AVersion {

    @Test
    void isOfOneChangeOnly() {
      did("write 1 -> [1,1]").did("write 2 -> [1,2]");
      assertThat(versioned()).isEqualTo("[0, 2]");
    }

    @Test
    void hasOneValue() {
      did("write 1 -> [1,1]").did("read -> [1,2]");
      assertThat(versioned()).isEqualTo("[0, 2]");
    }

    @Test
    void isReadAsOftenAsOneLikes() {
      did("write 1 -> [1,1]").did("read -> [1,1]").did("read -> [1,1]").did("write 2 -> [2,2]");
      assertThat(versioned()).isEqualTo("undecided");
    }

    @Test
    void doesNotGoBackToTheReadThatCameLast() {
      during(0, 20, "write 1 -> [1,1]").during(1, 21, "write 2 -> [2,2]");
      during(2, 3, "read -> [2,2]").during(4, 5, "read -> [1,1]").during(6, 7, "read -> [1,1]");
      assertThat(versioned()).isEqualTo("[2, 6]");
    }

    @Test
    void isToldByNoPlainRegister() {
      PinnedOrder order = new PinnedOrder(_ -> null);
      Operations plain = Operations.of(OneKey.model("register"), List.of());
      assertThat(order.decide(plain)).isInstanceOf(Specialist.Undecided.class);
    }
  }

  @Nested
  class ARevision {

    @Test
    void showsWhatAKeyHasSinceItsLastChange() {
      put("x", 1, 2).put("y", 1, 3).get("y", 1, 3).get("x", 7, 3);
      assertThat(etcd()).isEqualTo("[0, 6]");
    }

    @Test
    void showsNothingOfAKeyWhoseChangesMayBeUnknown() {
      put("x", 1, 2).put("y", 1, 4).get("x", 7, 4);
      assertThat(etcd()).as("nobody tells of revision 3").isEqualTo("undecided");
    }

    @Test
    void showsNothingOfAKeyOnceARevisionIsSeenWhoseChangeIsUnknown() {
      put("x", 1, 2).get("y", 1, 3).get("x", 7, 3);
      assertThat(etcd()).isEqualTo("undecided");
    }

    @Test
    void isNotThatOfADeleteIfItIsThatOfAPut() {
      delete("z", 2).put("y", 1, 2);
      assertThat(etcd()).as("nothing was there to delete").isEqualTo("undecided");
    }

    @Test
    void hasNoValueThatWasDeletedAtIt() {
      delete("x", 2).put("x", 1, 2);
      assertThat(etcd()).isEqualTo("[0, 2]");
    }

    @Test
    void isNotSeenBeforeTheChangeThatMakesIt() {
      during(0, 20, deleted("z", 2)).during(1, 2, got("y", 1, 2)).during(3, 4, changed("y", 1, 2));
      assertThat(etcd()).as("whatever the delete was").isEqualTo("[1, 3]");
    }
  }

  private PinnedOrderTest put(String key, int value, int revision) {
    return did(changed(key, value, revision));
  }

  private PinnedOrderTest get(String key, int value, int revision) {
    return did(got(key, value, revision));
  }

  private PinnedOrderTest delete(String key, int revision) {
    return did(deleted(key, revision));
  }

  private static String changed(String key, int value, int revision) {
    return transaction("put", key, "" + value, "" + value, revision);
  }

  private static String got(String key, int value, int revision) {
    return transaction("get", key, "null", "" + value, revision);
  }

  private static String deleted(String key, int revision) {
    return transaction("delete", key, "null", "null", revision);
  }

  private static String transaction(
      String word, String key, String argument, String result, int revision) {
    String part = "[[\"" + word + "\",\"" + key + "\",";
    return "txn " + part + argument + "]] -> [" + revision + "," + part + result + "]]]";
  }

  /** An operation that nothing else overlaps. */
  private PinnedOrderTest did(String call) {
    return during(2 * operations.size(), 2 * operations.size() + 1, call);
  }

  private PinnedOrderTest during(int invocation, int completion, String call) {
    operations.add(new Operation(invocation, completion, Told.call(call)));
    return this;
  }

  private String versioned() {
    return OneKey.conclusion(OneKey.model("versioned-register"), operations);
  }

  private String etcd() {
    return OneKey.conclusion(OneKey.model("etcd-kv"), operations);
  }
}
