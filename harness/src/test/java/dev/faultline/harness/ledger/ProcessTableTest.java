package dev.faultline.harness.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessTableTest {

  private static final long SELF = ProcessHandle.current().pid();

  @Test
  void aProcessIsKnownByItsIdAndItsStart() {
    String start = ProcessTable.start(SELF).orElseThrow();
    assertThat(ProcessTable.lives(List.of(Long.toString(SELF), start))).isTrue();
    assertThat(ProcessTable.lives(List.of(Long.toString(SELF), "1" + start))).isFalse();
    assertThat(ProcessTable.lives(List.of(Long.toString(SELF)))).isFalse();
    assertThat(ProcessTable.lives(List.of("torn", start))).isFalse();
  }

  /** Else a step of the clock would make every living owner look dead. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void theWallClockHasNoPartInIt() {
    String start = ProcessTable.start(SELF).orElseThrow();
    Instant byTheClock = ProcessHandle.current().info().startInstant().orElseThrow();
    assertThat(start).doesNotContain(Long.toString(byTheClock.getEpochSecond())).contains("@");
    String otherBoot = start.substring(0, start.indexOf('@')) + "@another-boot";
    assertThat(ProcessTable.lives(List.of(Long.toString(SELF), otherBoot))).isFalse();
  }

  @Test
  void aStartByTheWallClockIsUnderstoodToo() {
    long millis = ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli();
    assertThat(ProcessTable.lives(List.of(Long.toString(SELF), Long.toString(millis)))).isTrue();
    assertThat(ProcessTable.lives(List.of(Long.toString(SELF), "1000"))).isFalse();
  }
}
