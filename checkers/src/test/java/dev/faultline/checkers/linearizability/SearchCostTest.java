package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.history.History;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a search does, counted: its answer, the configurations that it visits and the most memory
 * that it takes are the same each time.
 *
 * <p>The numbers are those of the day when they were written down. Who makes the search better
 * changes them; where they change by themselves, a pruning, a step back or some memory was lost.
 * Between them the rows go every way that there is: refuted by what happened lately or by all,
 * after one retry or several, and, with little memory, by the proof alone or the refutation alone.
 */
class SearchCostTest {

  private static final Model<?> MODEL = OneKey.model("cas-register");

  private static final long ENDLESS = Long.MAX_VALUE / 2;

  @ParameterizedTest(name = "{0} in {1} bytes")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # seed/processes/values/lies/infos/refusals/operations | room | result
          9443/5/6/0/0.04/false/1709         |     32768 | out of memory after 612, 8465 states, 17252 bytes
          23364/20/6/0.01/0.02/true/941      |     32768 | out of memory after 654, 2913 states, 21996 bytes
          23364/20/6/0.01/0.02/true/941      |    131072 | out of memory after 654, 11233 states, 78636 bytes
          23364/20/6/0.01/0.02/true/941      |    524288 | out of memory after 654, 44145 states, 306924 bytes
          23364/20/6/0.01/0.02/true/941      | 268435456 | linearizable, 245594 states, 14867980 bytes
          66320/11/6/0.01/0.04/true/219      |     32768 | blocked at 430, 1952 states, 17644 bytes
          26004/19/6/0/0.04/false/445        |     32768 | out of memory after 34, 305 states, 19212 bytes
          57344/16/6/0.002/0/false/249       | 268435456 | blocked at 244, 596 states, 6196 bytes
          82253/6/4/0.01/0/false/1133        | 268435456 | blocked at 1770, 1965 states, 7644 bytes
          83830/14/4/0.01/0/false/1855       |     32768 | blocked at 323, 2158 states, 16908 bytes
          """)
  void ofMemory(String history, long room, String result) {
    Operations operations = operations(history);
    long before = new Timeline(operations, true).bytes();
    Limits limits = new Limits(ENDLESS, before + room, () -> 0);
    assertThat(told(Search.run(operations, limits, Reductions.ALL), before)).isEqualTo(result);
  }

  @ParameterizedTest(name = "{0} with {1} looks at the clock")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # seed/processes/values/lies/infos/refusals/operations | looks | result
          23364/20/6/0.01/0.02/true/941      |        20 | out of time after 122, 321 states, 7404 bytes
          23364/20/6/0.01/0.02/true/941      |       400 | out of time after 654, 6401 states, 35116 bytes
          23364/20/6/0.01/0.02/true/941      |      3000 | out of time after 654, 47937 states, 546540 bytes
          82253/6/4/0.01/0/false/1133        |        30 | out of time after 342, 481 states, 4044 bytes
          82253/6/4/0.01/0/false/1133        |       110 | out of time after 661, 1777 states, 8964 bytes
          """)
  void ofTime(String history, int looks, String result) {
    Operations operations = operations(history);
    long before = new Timeline(operations, true).bytes();
    AtomicInteger left = new AtomicInteger(looks);
    Limits limits = new Limits(1, 1 << 28, () -> left.getAndDecrement() > 0 ? 0 : 1);
    assertThat(told(Search.run(operations, limits, Reductions.ALL), before)).isEqualTo(result);
  }

  /** Scouts that walk before the search does are of most use. */
  @ParameterizedTest(name = "{0} in {1} bytes with scouts")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # seed/processes/values/lies/infos/refusals/operations | room | result
          9443/5/6/0/0.04/false/1709         | 268435456 | linearizable, 7321 states, 41596 bytes
          23364/20/6/0.01/0.02/true/941      | 268435456 | linearizable, 248157 states, 14875180 bytes
          66320/11/6/0.01/0.04/true/219      | 268435456 | blocked at 430, 1965 states, 28748 bytes
          82253/6/4/0.01/0/false/1133        | 268435456 | blocked at 1770, 2422 states, 11412 bytes
          1/10/5/0/0.01/true/3000            | 268435456 | linearizable, 12973 states, 70236 bytes
          2/10/5/0/0.02/true/3000            | 268435456 | linearizable, 18978 states, 121804 bytes
          3/6/4/0.0005/0.01/true/5000        | 268435456 | linearizable, 15691 states, 62284 bytes
          4/25/3/0/0.01/false/2000           | 268435456 | linearizable, 7322 states, 46156 bytes
          5/8/60/0/0.01/true/2000            | 268435456 | linearizable, 4083 states, 80292 bytes
          6/8/255/0/0.01/true/2000           | 268435456 | linearizable, 6022 states, 318412 bytes
          7/4/257/0/0.01/true/2000           | 268435456 | linearizable, 4543 states, 314516 bytes
          1/10/5/0/0.01/true/3000            |     32768 | out of memory after 1744, 6956 states, 34108 bytes
          1/10/5/0/0.01/true/3000            |     65536 | linearizable, 11237 states, 34108 bytes
          1/10/5/0/0.01/true/3000            |    131072 | linearizable, 11670 states, 40188 bytes
          3/6/4/0.0005/0.01/true/5000        |     32768 | out of memory after 2391, 14845 states, 35756 bytes
          3/6/4/0.0005/0.01/true/5000        |     65536 | linearizable, 24498 states, 35756 bytes
          3/6/4/0.0005/0.01/true/5000        |    131072 | linearizable, 24497 states, 37420 bytes
          """)
  void ofScouts(String history, long room, String result) {
    Operations operations = operations(history);
    long before = new Timeline(operations, true).bytes();
    Limits limits = new Limits(ENDLESS, before + room, () -> 0);
    Helpers helpers = new Helpers(2, 8 * Checkpoints.SPACING, _ -> new AtOnce());
    assertThat(told(Search.run(operations, limits, Reductions.ALL, helpers), before))
        .isEqualTo(result);
  }

  private static Operations operations(String made) {
    String[] by = made.split("/", -1);
    History history =
        new RandomHistories(
                new Random(Long.parseLong(by[0])),
                Integer.parseInt(by[1]),
                Integer.parseInt(by[2]),
                Double.parseDouble(by[3]),
                Double.parseDouble(by[4]),
                Boolean.parseBoolean(by[5]))
            .next(Integer.parseInt(by[6]));
    int[] invocations = KeyIndex.of(history).invocations(0);
    return Operations.of(MODEL, KeyHistory.of(history, MODEL, invocations).operations());
  }

  private static String told(SearchResult result, long before) {
    String answer =
        switch (result) {
          case SearchResult.Linearizable _ -> "linearizable";
          case SearchResult.Blocked(int event, long _, long _) -> "blocked at " + event;
          case SearchResult.GaveUp(boolean memory, int passed, long _, long _) ->
              "out of " + (memory ? "memory" : "time") + " after " + passed;
        };
    return answer + ", " + result.states() + " states, " + (result.peakBytes() - before) + " bytes";
  }
}
