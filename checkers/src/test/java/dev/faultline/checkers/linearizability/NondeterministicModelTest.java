package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model that chooses tells of itself makes the search faster and changes no verdict. */
class NondeterministicModelTest {

  private static final int HISTORIES = 20_000;
  private static final int SIDES = 3;

  /**
   * Two dice, or one: what comes up when one is rolled nobody sees; a look tells.
   *
   * @param single whether there is only one, which a throw then turns whatever was before
   */
  private record Dice(boolean single) implements NondeterministicModel<List<Long>> {

    @Override
    public String name() {
      return single ? "die" : "dice";
    }

    @Override
    public Set<List<Long>> initial() {
      return Set.of(List.of(0L, 0L));
    }

    @Override
    public Set<List<Long>> step(List<Long> dice, Call call) {
      long up = dice.get(die(call));
      return switch (call.f()) {
        case "put" -> turned(dice, call, second(call.argument()));
        case "roll" -> turned(dice, call, 0, 1, 2);
        case "nudge" -> turned(dice, call, up, (up + 1) % SIDES);
        case "look" -> {
          boolean seen = call.answer() != Call.Answer.OK || call.result().equals(Json.of(up));
          yield seen ? Set.of(dice) : Set.of();
        }
        default -> Set.of(dice);
      };
    }

    private static Set<List<Long>> turned(List<Long> dice, Call call, long... up) {
      Set<List<Long>> turned = new HashSet<>();
      for (long side : up) {
        List<Long> next = new ArrayList<>(dice);
        next.set(die(call), side);
        turned.add(List.copyOf(next));
      }
      return turned;
    }

    private static int die(Call call) {
      Json die =
          call.argument() instanceof Json.Array(List<Json> pair) ? pair.get(0) : call.argument();
      return (int) ((Json.Int) die).value();
    }

    private static long second(Json pair) {
      return ((Json.Int) ((Json.Array) pair).values().get(1)).value();
    }

    @Override
    public boolean isReadOnly(Call call) {
      return call.f().equals("look") || call.f().equals("ping");
    }

    @Override
    public boolean isBlind(Call call) {
      return !call.f().equals("look");
    }

    @Override
    public boolean overwrites(Call call) {
      return single && (call.f().equals("put") || call.f().equals("roll"));
    }

    @Override
    public @Nullable Object part(Call call) {
      return single ? null : die(call);
    }

    @Override
    public @Nullable String problem(Call call) {
      return null;
    }
  }

  /** The same dice, who tell nothing of themselves. */
  private record Silent(Dice dice) implements NondeterministicModel<List<Long>> {

    @Override
    public String name() {
      return dice.name();
    }

    @Override
    public Set<List<Long>> initial() {
      return dice.initial();
    }

    @Override
    public Set<List<Long>> step(List<Long> state, Call call) {
      return dice.step(state, call);
    }

    @Override
    public boolean isReadOnly(Call call) {
      return false;
    }

    @Override
    public @Nullable String problem(Call call) {
      return null;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatItTellsOfItselfChangesNoVerdict(boolean single) {
    Dice dice = new Dice(single);
    Model<Set<List<Long>>> silent = new Silent(dice).asModel();
    Random random = new Random(single ? 1 : 2);
    int invalid = 0;
    for (int i = 0; i < HISTORIES; i++) {
      List<Operation> operations =
          Vocabulary.of(dice.name()).history(silent, random, 1 + random.nextInt(6), 4, 0.9, 0.2);
      boolean expected = Permutations.anyFits(silent, operations);
      invalid += expected ? 0 : 1;
      SearchResult decided =
          Linearization.decide(Operations.of(dice.asModel(), operations), limits());
      assertThat(decided instanceof SearchResult.Linearizable)
          .as(operations::toString)
          .isEqualTo(expected);
    }
    assertThat(invalid).isBetween(HISTORIES / 30, HISTORIES * 29 / 30);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theSearchWithAllReductionsBlamesTheSameOperation(boolean single) {
    Dice dice = new Dice(single);
    Model<Set<List<Long>>> silent = new Silent(dice).asModel();
    Random random = new Random(single ? 3 : 4);
    for (int i = 0; i < HISTORIES / 20; i++) {
      List<Operation> operations =
          Vocabulary.of(dice.name()).history(silent, random, 4 + random.nextInt(6), 5, 0.1, 0.1);
      SearchResult plain = Search.run(silent, operations, limits(), Reductions.NONE);
      SearchResult reduced = Search.run(dice.asModel(), operations, limits(), Reductions.ALL);
      assertThat(blamed(reduced)).as(operations::toString).isEqualTo(blamed(plain));
    }
  }

  private static int blamed(SearchResult result) {
    return result instanceof SearchResult.Blocked(int completion, long _, long _) ? completion : -1;
  }

  @Test
  void aLookRulesStatesOutUnlessNobodySawIt() {
    Model<Set<List<Long>>> die = new Dice(true).asModel();
    assertThat(die.isReadOnly(Told.call("look 0 -> 1"))).isFalse();
    assertThat(die.isReadOnly(Told.call("look 0 lost"))).isTrue();
    assertThat(die.isReadOnly(Told.call("ping 0"))).isTrue();
    assertThat(die.isReadOnly(Told.call("roll 0 lost"))).isFalse();
    Set<List<Long>> possible = Set.of(List.of(0L, 0L), List.of(1L, 0L));
    assertThat(die.step(possible, Told.call("look 0 lost"))).isEqualTo(possible);
    assertThat(die.step(possible, Told.call("look 0 -> 1"))).containsExactly(List.of(1L, 0L));
  }

  private static Limits limits() {
    return new Limits(System.nanoTime() + Duration.ofMinutes(1).toNanos(), 256 << 20);
  }
}
