package dev.faultline.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Verdict;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExitCodeTest {

  @Test
  void aViolationOutranksUnknownAndOnlyADefectOutranksAViolation() {
    List<Integer> order = Arrays.stream(ExitCode.values()).map(ExitCode::status).toList();

    assertThat(order).containsSubsequence(255, 1, 254, 2, 3, 0).contains(4, 130).hasSize(8);
    assertThat(ExitCode.worst(List.of(ExitCode.UNKNOWN, ExitCode.INVALID, ExitCode.VALID)))
        .isEqualTo(ExitCode.INVALID);
    assertThat(ExitCode.worst(List.of(ExitCode.LIMIT_MISSED, ExitCode.UNKNOWN)))
        .isEqualTo(ExitCode.UNKNOWN);
    assertThat(ExitCode.worst(List.of())).isEqualTo(ExitCode.VALID);
  }

  @Test
  void everyVerdictHasItsCode() {
    assertThat(ExitCode.of(Verdict.valid()).status()).isZero();
    assertThat(ExitCode.of(Verdict.invalid()).status()).isEqualTo(1);
    assertThat(ExitCode.of(Verdict.unknown("no time")).status()).isEqualTo(2);
  }
}
