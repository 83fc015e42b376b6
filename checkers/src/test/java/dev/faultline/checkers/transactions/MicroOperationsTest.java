package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.json.JsonReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is a transaction, and what is wrong with what is none. */
class MicroOperationsTest {

  private final MicroOperations lists = new MicroOperations(new Transactions(Workload.APPEND));
  private final MicroOperations registers = new MicroOperations(new Transactions(Workload.WR));

  @Test
  void aTransactionIsAListOfMicroOperations() {
    assertThat(problem(lists, "[[\"append\",\"x\",1],[\"r\",7,null],[\"r\",\"x\",[1]]]")).isNull();
    assertThat(problem(registers, "[[\"w\",\"x\",1],[\"r\",7,null],[\"r\",\"x\",1]]")).isNull();
    assertThat(problem(lists, "[]")).isNull();
    assertThat(problem(lists, "7")).isEqualTo("no list of micro-operations");
    assertThat(problem(lists, "[[\"r\",\"x\",[]],7]")).isEqualTo("malformed micro-operation 7");
    assertThat(problem(lists, "[[\"r\",\"x\"]]"))
        .isEqualTo("malformed micro-operation [\"r\",\"x\"]");
    assertThat(problem(lists, "[[7,\"x\",1]]")).startsWith("malformed micro-operation");
    assertThat(problem(lists, "[[\"append\",\"x\",null]]")).startsWith("a write of nothing");
    assertThat(problem(lists, "[[\"r\",\"x\",1]]")).startsWith("a read that saw no list");
    assertThat(problem(lists, "[[\"w\",\"x\",1]]"))
        .isEqualTo("unknown micro-operation (workload append has r and append) [\"w\",\"x\",1]");
    assertThat(problem(registers, "[[\"append\",\"x\",1]]"))
        .startsWith("unknown micro-operation (workload wr has r and w)");
  }

  @Test
  void aCompletionRepeatsWhatWasAskedFor() {
    assertThat(
            difference(
                "[[\"append\",\"x\",1],[\"r\",\"x\",null]]",
                "[[\"append\",\"x\",1],[\"r\",\"x\",[1]]]"))
        .isNull();
    assertThat(difference("[[\"append\",\"x\"]]", "[[\"append\",\"x\",1]]"))
        .isEqualTo("the invocation is malformed");
    assertThat(difference("[[\"append\",\"x\",1]]", "[]"))
        .isEqualTo("the completion has another number of micro-operations");
    String asked = "[[\"append\",\"x\",1]]";
    for (String other :
        new String[] {"[[\"append\",\"y\",1]]", "[[\"r\",\"x\",[]]]", "[[\"append\",\"x\",2]]"}) {
      assertThat(difference(asked, other))
          .isEqualTo("the completion does not repeat micro-operation [\"append\",\"x\",1]");
    }
  }

  @Test
  void whatWasReadIsKnownOnlyFromAnAnswer() {
    Transactions transactions =
        Txns.lists("0 fail r x [1]", "0 info r x null", "0 info r x []", "0 ok r x null")
            .transactions();
    assertThat(transactions.isRead(0)).isFalse();
    assertThat(transactions.isRead(1)).isFalse();
    assertThat(transactions.isRead(2)).isFalse(); // It may have been aborted.
    assertThat(transactions.isRead(3)).isTrue();
    assertThat(transactions.length(3)).isZero();
  }

  private static @Nullable String problem(MicroOperations operations, String value) {
    return text(operations.problem(JsonReader.parse(value)));
  }

  private @Nullable String difference(String asked, String answered) {
    return text(lists.difference(JsonReader.parse(asked), JsonReader.parse(answered)));
  }

  private static @Nullable String text(MicroOperations.@Nullable Problem problem) {
    return problem == null ? null : problem.text();
  }
}
