package dev.faultline.raft.deviation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.raft.core.HardState;
import dev.faultline.raft.core.NodeId;
import dev.faultline.raft.core.RaftPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeviationsTest {

  private static final HardState VOTED = new HardState(5, new NodeId("n2"));

  static List<Deviation> deviations() {
    return Deviations.all();
  }

  @Test
  void theCatalogueIsInOrderAndNamesAreUnique() {
    assertThat(Deviations.all())
        .extracting(Deviation::number)
        .containsExactly(1, 5, 21, 34, 42, 43, 44);
    assertThat(Deviations.all()).extracting(Deviation::name).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("deviations")
  void eachIsFoundByNameAndDecidesOneThingOtherwise(Deviation deviation) {
    assertThat(Deviations.named(deviation.name())).contains(deviation);
    List<Object> plain = decisions(new RaftPolicy());
    List<Object> deviating = decisions(deviation.policy().get());
    long differences = 0;
    for (int i = 0; i < plain.size(); i++) {
      differences += plain.get(i).equals(deviating.get(i)) ? 0 : 1;
    }
    assertThat(differences).isEqualTo(1);
  }

  @Test
  void anUnknownNameIsNotFound() {
    assertThat(Deviations.named("forget-everything")).isEmpty();
  }

  private static List<Object> decisions(RaftPolicy policy) {
    return List.of(
        policy.isUpToDate(1, 1, 2, 2),
        policy.confirmsLeadershipForReads(),
        policy.appliesProposalsOnce(),
        policy.awaitsProposalsAfterStepDown(),
        policy.answersOnlyWhenApplied(),
        policy.syncsBeforeAcknowledging(),
        policy.recovered(VOTED));
  }
}
