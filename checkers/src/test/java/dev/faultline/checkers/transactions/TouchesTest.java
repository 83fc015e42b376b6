package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each transaction did to each register, seen from outside. */
class TouchesTest {

  @Test
  void theFirstReadAndTheLastWriteCount() {
    assertThat(touches("x", "0 ok r x 7; r x 7; w x 1; r x 1; w x 2"))
        .containsExactly("T0 read 7 by 0, left 2 by 4");
  }

  @Test
  void whoHasWrittenReadsWhatIsItsOwn() {
    assertThat(touches("x", "0 ok w x 1; r x 1")).containsExactly("T0 read nothing, left 1 by 0");
  }

  @Test
  void everyRegisterHasThoseThatTouchedIt() {
    String[] all = {"0 ok w x 1; r y null", "1 ok w y 1; w y 2", "2 fail w x 5", "3 info r x 1"};
    assertThat(touches("x", all))
        .containsExactly("T0 read nothing, left 1 by 0", "T3 read nothing, left nothing");
    assertThat(touches("y", all))
        .containsExactly("T0 read nil by 1, left nothing", "T1 read nothing, left 2 by 3");
  }

  /** Nobody knows which of two writes of the same value was read. */
  @Test
  void aValueThatWasWrittenTwiceIsNoneThatIsKnown() {
    String[] all = {"0 ok w x 1", "1 ok w x 1", "2 ok r x 1; w x 2"};
    assertThat(touches("x", all))
        .containsExactly("T0 read nothing, ?", "T1 read nothing, ?", "T2 ?, left 2 by 3");
  }

  private static List<String> touches(String key, String... txns) {
    Transactions transactions = Txns.registers(txns).transactions();
    Writers writers = new Writers(transactions);
    RepeatedWrites.ofRegisters(transactions, writers);
    Touches touches = new Touches(transactions, writers);
    int number = transactions.versions().key(key);
    List<String> all = new ArrayList<>();
    for (int place = touches.first(number); place < touches.end(number); place++) {
      int readBy = touches.readOperation(place);
      int writtenBy = touches.writeOperation(place);
      String read =
          readBy < 0
              ? " read nothing"
              : touches.read(place) == Touches.NONE
                  ? " ?"
                  : " read "
                      + OperationText.version(transactions, touches.read(place))
                      + " by "
                      + readBy;
      String left =
          writtenBy < 0
              ? ", left nothing"
              : touches.written(place) == Touches.NONE
                  ? ", ?"
                  : ", left "
                      + OperationText.version(transactions, touches.written(place))
                      + " by "
                      + writtenBy;
      all.add("T" + touches.transaction(place) + read + left);
    }
    return all;
  }
}
