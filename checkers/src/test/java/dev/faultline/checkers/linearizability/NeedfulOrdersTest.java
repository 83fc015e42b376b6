package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.Script;
import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonReader;
import java.time.Duration;
import java.util.List;
import java.util.Scanner;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Small histories that each need one particular order, of which a hasty search would not think. */
class NeedfulOrdersTest {

  private static final Model<?> REGISTER = new Register("cas-register", true, Json.NULL);

  @Test
  void anUnansweredWriteOfTheValueThatIsThereHidesAnotherWrite() {
    // Write 1, write 0, compare-and-set 0 to 2, read 2.
    Script script =
        new Script()
            .invoke(0, "cas", "[0,2]")
            .invoke(1, "write", "0")
            .invoke(2, "write", "1")
            .ok(0)
            .ok(2)
            .invoke(3, "read", "null")
            .ok(3, "2")
            .info(1);
    assertThat(verdict(new Register("cas-register", true, Json.of(0)), script)).isEqualTo("VALID");
  }

  @Test
  void anUnansweredWriteOfTheFirstValueHidesAnotherWrite() {
    assertThat(decide("0 8 cas [null,2]", "5 - write null", "7 10 write 1", "11 12 read 2"))
        .isInstanceOf(SearchResult.Linearizable.class);
  }

  @Test
  void oneOfManyCompareAndSetsMayBeUsedLate() {
    assertThat(
            decide(
                "0 13 cas [4,3]",
                "1 29 cas [3,1]",
                "2 14 cas [1,null]",
                "3 11 cas [3,2]",
                "4 59 cas [null,1]",
                "5 8 write 3",
                "6 27 cas [3,4]",
                "7 16 cas [4,3]",
                "9 17 cas [2,null]",
                "10 23 cas [null,4]",
                "12 25 cas [4,2]",
                "15 39 cas [3,4]",
                "18 35 cas [2,1]",
                "19 37 cas [4,2]",
                "20 30 cas [null,3]",
                "21 53 cas [null,1]",
                "22 34 cas [2,4]",
                "24 40 cas [1,null]",
                "26 32 cas [null,3]",
                "28 56 write null",
                "31 50 cas [4,null]",
                "33 36 cas [3,4]",
                "38 54 cas [3,4]",
                "41 44 write 3",
                "42 48 cas [1,3]",
                "43 49 cas [3,4]",
                "45 46 cas [null,2]",
                "47 57 write 3",
                "51 52 cas [4,null]",
                "55 58 cas [3,2]"))
        .isInstanceOf(SearchResult.Linearizable.class);
  }

  @Test
  void ofTwoEqualCallsTheEarlierMayHaveDoneNothing() {
    // The first take found an empty pool, the second must have taken something.
    Script script =
        new Script()
            .invoke(1, "take", "null")
            .did(0, "put", "null")
            .did(0, "put", "null")
            .did(0, "put", "null")
            .invoke(2, "take", "null")
            .did(3, "read", "2")
            .ok(1)
            .did(3, "read", "2")
            .ok(2)
            .did(3, "read", "2");
    assertThat(verdict(new UserModels.Pool(), script)).isEqualTo("VALID");
  }

  @Test
  void ofTwoEqualDequeuesTheEarlierMayHaveFoundNothing() {
    Script script =
        new Script()
            .invoke(1, "dequeue", "null")
            .did(0, "enqueue", "null")
            .did(0, "enqueue", "6")
            .did(0, "enqueue", "7")
            .invoke(2, "dequeue", "null")
            .invoke(3, "dequeue", "null")
            .ok(3, "6")
            .ok(1, "null")
            .ok(2, "null")
            .invoke(0, "dequeue", "null")
            .ok(0, "7");
    assertThat(verdict(Sequence.QUEUE, script)).isEqualTo("VALID");
  }

  @Test
  void anObjectOfWhichOneCallIsNoAccessIsNoRegister() {
    Model<?> model = new UserModels.Incrementable();
    Script fine = new Script().did(0, "write", "3").did(0, "inc", "null").did(1, "read", "4");
    assertThat(verdict(model, fine)).isEqualTo("VALID");
    Script first = new Script().did(0, "inc", "null").did(0, "write", "3").did(1, "read", "3");
    assertThat(verdict(model, first)).isEqualTo("VALID");
    Script wrong = new Script().did(0, "write", "3").did(0, "inc", "null").did(1, "read", "3");
    assertThat(verdict(model, wrong)).isEqualTo("INVALID");
  }

  @Test
  void whatWasRefusedDidNotHappen() {
    Script refusedAcquire =
        new Script()
            .did(0, "acquire", "null")
            .invoke(1, "acquire", "null")
            .fail(1, "compare-failed")
            .did(0, "release", "null");
    assertThat(verdict(new Mutex(), refusedAcquire)).isEqualTo("VALID");
    Script refusedAdd = new Script().invoke(0, "add", "5").fail(0, "compare-failed");
    assertThat(verdict(new Counter(), refusedAdd.did(1, "read", "0"))).isEqualTo("VALID");
    assertThat(verdict(new Counter(), refusedAdd.did(1, "read", "5"))).isEqualTo("INVALID");
    Script refusedWrite = new Script().invoke(0, "write", "5").fail(0, "compare-failed");
    refusedWrite.did(1, "read", "null");
    assertThat(verdict(new VersionedRegister(), refusedWrite)).isEqualTo("VALID");
    assertThat(verdict(REGISTER, refusedWrite)).isEqualTo("VALID");
  }

  @Test
  void aTransactionThatWasRefusedBecauseOfARevisionTellsNothing() {
    Script script =
        new Script()
            .did(0, "txn", "[[\"w\",\"x\",1]]")
            .invoke(1, "txn", "[[\"r\",\"x\",null],[\"w\",\"x\",2]]")
            .fail(1, "compare-failed")
            .did(0, "txn", "[[\"r\",\"x\",1]]");
    assertThat(verdict(new MultiRegister(Json.NULL), script)).isEqualTo("VALID");
    Script etcd =
        new Script()
            .invoke(0, "txn", "[[\"put\",\"x\",1]]")
            .fail(0, "compare-failed")
            .did(1, "txn", "[[\"get\",\"x\",null]]");
    assertThat(verdict(new EtcdKv(), etcd)).isEqualTo("VALID");
  }

  private static String verdict(Model<?> model, Script script) {
    Budget budget = new Budget(Duration.ofSeconds(20), 64 << 20);
    CheckResult result =
        new LinearizabilityChecker(model).check(new Recording(script.history(), null), budget);
    return result.verdict().word();
  }

  /** Decides the operations that are told as "invocation completion function value". */
  private static SearchResult decide(String... told) {
    List<Operation> operations = Stream.of(told).map(NeedfulOrdersTest::operation).toList();
    Limits limits = new Limits(System.nanoTime() + Duration.ofSeconds(20).toNanos(), 64 << 20);
    return Search.run(REGISTER, operations, limits, Reductions.ALL);
  }

  private static Operation operation(String told) {
    Scanner words = new Scanner(told);
    int invocation = words.nextInt();
    String completed = words.next();
    boolean answered = !completed.equals("-");
    int completion = answered ? Integer.parseInt(completed) : Operation.NEVER;
    String f = words.next();
    boolean reads = f.equals("read");
    Json value = JsonReader.parse(words.next());
    return new Operation(
        invocation,
        completion,
        new Call(
            f,
            reads ? Json.NULL : value,
            answered ? value : Json.NULL,
            answered ? Call.Answer.OK : Call.Answer.UNKNOWN));
  }
}
