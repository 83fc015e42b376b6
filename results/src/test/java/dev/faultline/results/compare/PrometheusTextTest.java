package dev.faultline.results.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.results.compare.PrometheusText.Sample;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusTextTest {

  private static Sample sample(String name, Map<String, String> labels, double value) {
    return new Sample(name, new TreeMap<>(labels), value);
  }

  @Test
  void readsWhatAServerSays() {
    PrometheusText text =
        PrometheusText.parse(
            """
            # HELP etcd_server_has_leader Whether or not a leader exists. 1 is existence, 0 is not.
            # TYPE etcd_server_has_leader gauge
            etcd_server_has_leader 1

            etcd_disk_wal_fsync_duration_seconds_bucket{le="+Inf"} 5
            etcd_disk_wal_fsync_duration_seconds_sum 0.002135147
            go_gc_duration_seconds{quantile="0.5"} 3.0127e-05
            process_start_time_seconds 1.79540864e+09 1395066363000
            \tspaced { a = "1" , b="2", }   -3 \t
            a:b_9{path="C:\\\\dir\\n\\"x\\"",brace="}{,="} +Inf
            nothing NaN
            less -Inf
            """);

    assertThat(text.malformedLines()).isZero();
    assertThat(text.samples())
        .containsExactly(
            sample("etcd_server_has_leader", Map.of(), 1),
            sample("etcd_disk_wal_fsync_duration_seconds_bucket", Map.of("le", "+Inf"), 5),
            sample("etcd_disk_wal_fsync_duration_seconds_sum", Map.of(), 0.002135147),
            sample("go_gc_duration_seconds", Map.of("quantile", "0.5"), 3.0127e-05),
            sample("process_start_time_seconds", Map.of(), 1.79540864e+09),
            sample("spaced", Map.of("a", "1", "b", "2"), -3),
            sample(
                "a:b_9",
                Map.of("path", "C:\\dir\n\"x\"", "brace", "}{,="),
                Double.POSITIVE_INFINITY),
            sample("nothing", Map.of(), Double.NaN),
            sample("less", Map.of(), Double.NEGATIVE_INFINITY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lonely",
        "9a 1",
        "a one",
        "a 1f",
        "a 0x10",
        "a Infinity",
        "a .",
        "a 1 now",
        "a 1 2 3",
        "a{ 1",
        "a{b} 1",
        "a{b=1} 1",
        "a{b=\"1} 1",
        "a{b=\"1\" c=\"2\"} 1",
        "a{b=\"1\\",
        "<html>"
      })
  void passesOverALineThatIsNoSampleAndCountsIt(String line) {
    PrometheusText text = PrometheusText.parse("before 1\n" + line + "\r\nafter 2\r\n");

    assertThat(text.samples()).extracting(Sample::name).containsExactly("before", "after");
    assertThat(text.malformedLines()).isEqualTo(1);
  }

  @Test
  void survivesWhateverItIsGiven() {
    String alphabet = "a1{}=\",\\ \n+-.eNI#\t";
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(60); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      long lines =
          text.toString()
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .count();

      PrometheusText parsed = PrometheusText.parse(text.toString());

      assertThat(parsed.samples().size() + parsed.malformedLines())
          .as("seed %s: %s", seed, text)
          .isEqualTo((int) lines);
    }
  }
}
