package dev.faultline.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SeedTest {

  @Test
  void readsWhatItWrites() {
    Seed seed = new Seed(0x9e3779b97f4a7c15L);
    assertThat(seed).hasToString("0x9e3779b97f4a7c15");
    assertThat(Seed.parse(seed.toString())).isEqualTo(seed);
    assertThat(Seed.parse("42")).isEqualTo(new Seed(42));
  }

  @Test
  void refusesWhatIsNoSeed() {
    assertThatThrownBy(() -> Seed.parse("0xzz")).hasMessageContaining("'0xzz' is no seed");
  }

  @Test
  void forksDifferByNameAndStayTheSame() {
    Seed seed = new Seed(7);
    assertThat(seed.fork("faults"))
        .isEqualTo(seed.fork("faults"))
        .isNotEqualTo(seed.fork("clients"));
    assertThat(seed.fork("faults")).isNotEqualTo(new Seed(8).fork("faults"));
    assertThat(seed.fork("faults").random().nextLong())
        .isEqualTo(seed.fork("faults").random().nextLong());
  }
}
