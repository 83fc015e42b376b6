package dev.faultline.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.faults.Availability;
import dev.faultline.checkers.faults.FaultWindow;
import dev.faultline.checkers.faults.FaultWindow.Effect;
import dev.faultline.results.RunSummary.FaultAvailability;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FaultAvailabilityTest {

  @Test
  void sumsUpEachKindInTheOrderInWhichItStruck() {
    List<FaultAvailability> kinds =
        FaultAvailability.of(
            List.of(
                seen("kill", Effect.EFFECTIVE, OptionalLong.of(30)),
                seen("partition", Effect.SKIPPED, OptionalLong.of(1)),
                seen("kill", Effect.EFFECTIVE, OptionalLong.of(10)),
                seen("kill", Effect.INEFFECTIVE, OptionalLong.of(2)),
                seen("kill", Effect.EFFECTIVE, OptionalLong.of(20)),
                seen("pause", Effect.EFFECTIVE, OptionalLong.empty())));

    assertThat(kinds)
        .containsExactly(
            new FaultAvailability("kill", 3, 0, 1, 20L, 30L),
            new FaultAvailability("partition", 0, 1, 0, null, null),
            new FaultAvailability("pause", 1, 0, 0, null, null));
  }

  private static Availability seen(String kind, Effect effect, OptionalLong nanosToFirstOk) {
    FaultWindow window = new FaultWindow("f1", kind, "", List.of("n1"), 0, 100, effect, 0, 1);
    return new Availability(window, 0, 0, 0, nanosToFirstOk);
  }
}
