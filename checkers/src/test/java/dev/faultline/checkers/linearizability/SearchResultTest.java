package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is known of a whole from its independent parts. */
class SearchResultTest {

  private static final SearchResult FINE = new SearchResult.Linearizable(1, 10);
  private static final SearchResult EARLY = new SearchResult.Blocked(5, 2, 30);
  private static final SearchResult LATE = new SearchResult.Blocked(8, 3, 20);
  private static final SearchResult TIRED = new SearchResult.GaveUp(true, 7, 4, 40);

  @Test
  void theEarlierContradictionCounts() {
    assertThat(EARLY.and(LATE)).isEqualTo(new SearchResult.Blocked(5, 5, 30));
    assertThat(LATE.and(EARLY)).isEqualTo(new SearchResult.Blocked(5, 5, 30));
  }

  @Test
  void aContradictionOutranksGivingUp() {
    assertThat(LATE.and(TIRED)).isEqualTo(new SearchResult.Blocked(8, 7, 40));
    assertThat(TIRED.and(LATE)).isEqualTo(new SearchResult.Blocked(8, 7, 40));
  }

  @Test
  void givingUpOutranksAnOrder() {
    assertThat(FINE.and(TIRED)).isEqualTo(new SearchResult.GaveUp(true, 7, 5, 40));
    assertThat(TIRED.and(FINE)).isEqualTo(new SearchResult.GaveUp(true, 7, 5, 40));
  }

  @Test
  void partsInOrderAreAWholeInOrder() {
    assertThat(FINE.and(FINE)).isEqualTo(new SearchResult.Linearizable(2, 10));
  }
}
