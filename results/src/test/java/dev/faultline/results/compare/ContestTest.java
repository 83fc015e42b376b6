package dev.faultline.results.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.results.compare.Contest.Entrant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ContestTest {

  private static Entrant entrant(String system, int never, long... nanos) {
    return new Entrant(system, TimeSpread.of(LongStream.of(nanos).boxed().toList(), never));
  }

  private static Optional<String> winner(Contest contest, Entrant... entrants) {
    return contest.winner(List.of(entrants)).map(Entrant::system);
  }

  private final Contest contest = new Contest(1, 5);

  @Test
  void aSeparationThatChanceDoesNotExplainMakesAWinner() {
    Entrant fast = entrant("fast", 0, 10, 20, 30, 40);
    Entrant slow = entrant("slow", 0, 50, 60, 70, 80);

    assertThat(winner(contest, slow, fast)).contains("fast");
    assertThat(winner(contest, fast, slow)).contains("fast");
  }

  @Test
  void rangesThatMeetMakeNone() {
    assertThat(winner(contest, entrant("a", 0, 10, 20, 30, 50), entrant("b", 0, 50, 60, 70, 80)))
        .isEmpty();
  }

  @Test
  void tooFewOccasionsMakeNone() {
    assertThat(winner(contest, entrant("a", 0, 10), entrant("b", 0, 9_000))).isEmpty();
    // Three and three that are alike separate in 1 case of 10.
    assertThat(winner(contest, entrant("a", 0, 10, 11, 12), entrant("b", 0, 9_000, 9_001, 9_002)))
        .isEmpty();
  }

  @Test
  void moreQuestionsNeedMoreEvidence() {
    Entrant fast = entrant("fast", 0, 10, 20, 30, 40);
    Entrant slow = entrant("slow", 0, 50, 60, 70, 80);

    assertThat(winner(new Contest(2, 5), fast, slow)).isEmpty();
  }

  @Test
  void whatCannotBeMeasuredIsNoDifference() {
    Entrant fast = entrant("fast", 0, 10, 10, 10, 10);
    Entrant slow = entrant("slow", 0, 14, 14, 14, 14);

    assertThat(winner(contest, fast, slow)).isEmpty();
    assertThat(winner(new Contest(1, 3), fast, slow)).contains("fast");
  }

  @Test
  void whoeverNeverCameBackDoesNotWin() {
    Entrant partly = entrant("partly", 1, 10, 11, 12, 13, 14);
    Entrant slow = entrant("slow", 0, 50, 60, 70, 80, 90);
    Entrant never = entrant("never", 5);

    assertThat(winner(contest, partly, slow)).isEmpty();
    assertThat(winner(contest, slow, never)).contains("slow");
    assertThat(winner(contest, never, entrant("neither", 4))).isEmpty();
  }

  @Test
  void amongThreeTheWinnerBeatsBoth() {
    Entrant fast = entrant("fast", 0, 10, 20, 30, 40);
    Entrant slow = entrant("slow", 0, 50, 60, 70, 80);

    assertThat(winner(contest, entrant("slower", 0, 55, 66, 77, 88), slow, fast)).contains("fast");
    assertThat(winner(contest, fast, slow, entrant("close", 0, 35, 66, 77, 88))).isEmpty();
  }

  /** Two systems that are alike: a winner may come up as rarely as promised. */
  @Test
  void aWinnerAmongEqualsIsRare() {
    Random random = new Random(7);
    int winners = 0;
    for (int trial = 0; trial < 4_000; trial++) {
      long[][] times = new long[2][];
      for (int system = 0; system < 2; system++) {
        times[system] = IntStream.range(0, 4).mapToLong(_ -> random.nextInt(1_000_000)).toArray();
      }
      winners +=
          winner(contest, entrant("a", 0, times[0]), entrant("b", 0, times[1])).isPresent() ? 1 : 0;
    }
    // 2 of C(8, 4) = 70 arrangements: 114 of 4,000 expected.
    assertThat(winners).isBetween(60, 200);
  }
}
