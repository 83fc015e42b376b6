package dev.faultline.nemeses.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.nemeses.Capability;
import dev.faultline.nemeses.PlanException;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultSpecTest {

  @Test
  void everyNameIsReadBackAsItself() {
    assertThat(FaultSpec.names())
        .contains("partition", "partition:isolate-leader", "kill:leader", "pause:majority", "slow")
        .allSatisfy(name -> assertThat(FaultSpec.parse(name)).hasToString(name));
  }

  @Test
  void everyNameCanBeDrawnInAClusterOfFive() {
    FaultDrawer drawer =
        new FaultDrawer(
            new Random(1), List.of("n1", "n2", "n3", "n4", "n5"), EnumSet.allOf(Capability.class));
    for (String name : FaultSpec.names()) {
      assertThat(drawer.draw(FaultSpec.parse(name)).name()).startsWith(name);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "partitoin, partition",
    "kil, kill",
    "pause:laeder, pause:leader",
    "partition:isolate-leder, partition:isolate-leader",
    "partition:majority-ring, partition:majorities-ring"
  })
  void aSlipOfTheFingerIsAnsweredWithTheNameThatWasMeant(String written, String meant) {
    assertThatThrownBy(() -> FaultSpec.parse(written))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("'" + written + "'")
        .hasMessageContaining("did you mean '" + meant + "'?");
  }

  @Test
  void somethingFarOffGetsNoGuess() {
    assertThatThrownBy(() -> FaultSpec.parse("earthquake"))
        .isInstanceOf(PlanException.class)
        .hasMessage("unknown fault 'earthquake'");
  }

  @Test
  void aListIsReadWithoutRepetitions() {
    assertThat(FaultSpec.parseList("kill, pause:leader,kill"))
        .extracting(FaultSpec::toString)
        .containsExactly("kill", "pause:leader");
  }
}
