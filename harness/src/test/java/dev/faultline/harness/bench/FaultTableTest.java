package dev.faultline.harness.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.bench.FaultTable.Sample;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FaultTableTest {

  private static final long MS = 1_000_000;

  private final FaultTable table = new FaultTable("etcd, 3 nodes");

  @Test
  void showsTheMedianAndTheMaximumInMilliseconds() {
    table.span("ready", "all follow one leader", List.of(900 * MS, 1_500 * MS, 1_100 * MS));
    table.heading();
    table.row("cut", List.of(sample(3, 450, 10, 30), sample(1, 410, 20, 1_250)));
    assertThat(printed())
        .containsExactly(
            "etcd, 3 nodes",
            "ready          1,100 / 1,500   all follow one leader",
            "",
            "fault                    act             seen             heal           healed",
            "cut                    2 / 3        430 / 450          15 / 20      640 / 1,250");
    assertThat(table.isComplete()).isTrue();
  }

  @Test
  void anEffectThatWasNotSeenInOneRoundIsNotHiddenByTheOthers() {
    table.row(
        "pause",
        List.of(
            sample(1, 1, 1, 1),
            new Sample(MS, OptionalLong.empty(), MS, OptionalLong.of(MS)),
            sample(1, 1, 1, 1)));
    assertThat(printed().getLast()).contains("not seen");
    assertThat(table.isComplete()).isFalse();
  }

  private static Sample sample(long act, long seen, long heal, long healed) {
    return new Sample(
        act * MS, OptionalLong.of(seen * MS), heal * MS, OptionalLong.of(healed * MS));
  }

  private List<String> printed() {
    StringWriter text = new StringWriter();
    table.print(new PrintWriter(text));
    return text.toString().lines().toList();
  }
}
