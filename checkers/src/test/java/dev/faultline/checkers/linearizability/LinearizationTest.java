package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Script;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whichever algorithm decides: the operation that is blocked is the first that has no place. */
class LinearizationTest {

  private final Script script = new Script();

  @Test
  void theFirstContradictionEndsTheLongestPrefixThatHasAnOrder() {
    script.invoke(0, "write", "9").invoke(7, "write", "8");
    script.did(1, "write", "1").did(1, "write", "2").did(2, "read", "1");
    script.did(1, "write", "3").did(2, "read", "2").ok(7).ok(0);
    assertThat(blocked("cas-register")).isEqualTo(7);
  }

  @Test
  void alsoWhereARefusalIsInTheWay() {
    script.did(0, "write", "1").invoke(1, "cas", "[1,5]").fail(1, "compare-failed");
    script.did(0, "write", "2").did(0, "read", "1");
    assertThat(blocked("cas-register")).isEqualTo(3);
  }

  @Test
  void elementsOfASetAreDecidedByThemselves() {
    script.did(0, "add", "1").invoke(0, "contains", "1").ok(0, "true");
    script.invoke(0, "contains", "2").ok(0, "true").invoke(0, "contains", "3").ok(0, "true");
    SearchResult result = decide("set");
    assertThat(result).isInstanceOf(SearchResult.Blocked.class);
    assertThat(blocked("set")).isEqualTo(5);
  }

  @Test
  void aSetThatIsReadIsDecidedAsAWhole() {
    script.did(0, "add", "1").did(0, "add", "2").did(0, "read", "[1,2]").did(0, "read", "[2]");
    assertThat(blocked("set")).isEqualTo(7);
  }

  @Test
  void apartTheElementsOfASetCostNoMoreThanOneAfterTheOther() {
    // As a whole, the sixteen elements in flight would make 2^16 states.
    for (int i = 0; i < 16; i++) {
      script.invoke(i, "add", Integer.toString(i));
    }
    for (int i = 0; i < 16; i++) {
      script.invoke(20 + i, "contains", Integer.toString(i)).ok(20 + i, "false");
    }
    for (int i = 0; i < 16; i++) {
      script.ok(i);
    }
    SearchResult result = decide("set");
    assertThat(result).isInstanceOf(SearchResult.Linearizable.class);
    assertThat(result.states()).isLessThan(100);
  }

  private int blocked(String model) {
    return decide(model) instanceof SearchResult.Blocked(int blocked, long _, long _)
        ? blocked
        : -1;
  }

  private SearchResult decide(String model) {
    Limits limits = new Limits(System.nanoTime() + Duration.ofMinutes(1).toNanos(), 64 << 20);
    return Linearization.decide(OneKey.encoded(model, script), limits);
  }
}
