package dev.faultline.nemeses.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.nemeses.Capability;
import dev.faultline.nemeses.Link;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionShapeTest {

  private static final List<String> FIVE = nodes(5);

  private static List<String> nodes(int n) {
    return IntStream.rangeClosed(1, n).mapToObj(i -> "n" + i).toList();
  }

  private static Set<Link> cuts(PartitionShape shape, List<String> nodes, long seed) {
    FaultDrawer drawer =
        new FaultDrawer(new SplittableRandom(seed), nodes, EnumSet.allOf(Capability.class));
    Fault fault = drawer.draw(FaultSpec.parse("partition:" + shape.word()));
    return fault.resolve("f1", nodes, "n2").links().keySet();
  }

  /** The nodes that {@code node} hears, itself among them. */
  private static Set<String> heard(String node, List<String> nodes, Set<Link> cuts) {
    Set<String> heard = new TreeSet<>();
    for (String from : nodes) {
      if (from.equals(node) || !cuts.contains(new Link(from, node))) {
        heard.add(from);
      }
    }
    return heard;
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7})
  void inAMajoritiesRingEveryNodeHearsAMajorityAndNoTwoTheSame(int n) {
    List<String> nodes = nodes(n);
    for (long seed = 0; seed < 20; seed++) {
      Set<Link> cuts = cuts(PartitionShape.MAJORITIES_RING, nodes, seed);
      Set<Set<String>> majorities = new HashSet<>();
      for (String node : nodes) {
        Set<String> heard = heard(node, nodes, cuts);
        assertThat(heard.size()).isGreaterThan(n / 2).isLessThan(n);
        majorities.add(heard);
      }
      assertThat(majorities).hasSize(n);
      if (n > 3) {
        assertThat(cuts).allMatch(cut -> cuts.contains(new Link(cut.to(), cut.from())));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7})
  void aBridgeSpeaksWithBothHalvesThatDoNotSpeakWithEachOther(int n) {
    List<String> nodes = nodes(n);
    for (long seed = 0; seed < 20; seed++) {
      Set<Link> cuts = cuts(PartitionShape.BRIDGE, nodes, seed);
      List<String> bridges =
          nodes.stream().filter(node -> heard(node, nodes, cuts).size() == n).toList();
      assertThat(bridges).hasSize(1);
      int small = (n - 1) / 2;
      assertThat(cuts).hasSize(2 * small * (n - 1 - small));
      assertThat(cuts).allMatch(cut -> cuts.contains(new Link(cut.to(), cut.from())));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7})
  void halvesAreHalves(int n) {
    for (long seed = 0; seed < 20; seed++) {
      assertThat(sides(nodes(n), cuts(PartitionShape.HALVES, nodes(n), seed)))
          .containsExactlyInAnyOrder(n / 2, n - n / 2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7})
  void aMinorityIsAMinority(int n) {
    Set<Integer> sizes = new TreeSet<>();
    for (long seed = 0; seed < 40; seed++) {
      List<Integer> sides = sides(nodes(n), cuts(PartitionShape.MAJORITY_MINORITY, nodes(n), seed));
      assertThat(sides).hasSize(2).anyMatch(size -> size * 2 > n);
      sizes.add(sides.stream().mapToInt(i -> i).min().getAsInt());
    }
    assertThat(sizes).hasSize((n - 1) / 2);
  }

  /** Sizes of the groups whose members hear exactly one another. */
  private static List<Integer> sides(List<String> nodes, Set<Link> cuts) {
    Set<Set<String>> groups = new HashSet<>();
    nodes.forEach(node -> groups.add(heard(node, nodes, cuts)));
    List<Integer> sizes = new ArrayList<>();
    groups.forEach(group -> sizes.add(group.size()));
    assertThat(sizes.stream().mapToInt(i -> i).sum()).isEqualTo(nodes.size());
    return sizes;
  }

  @Test
  void isolatingTheLeaderTakesTheLeaderThatIsGiven() {
    assertThat(cuts(PartitionShape.ISOLATE_LEADER, FIVE, 1))
        .hasSize(8)
        .allMatch(link -> link.from().equals("n2") || link.to().equals("n2"));
  }

  @Test
  void aMuteLeaderStillHears() {
    Set<Link> cuts = cuts(PartitionShape.MUTE_LEADER, FIVE, 1);
    assertThat(cuts).hasSize(4).allMatch(link -> link.from().equals("n2"));
  }

  @Test
  void aDeafLeaderStillSpeaks() {
    Set<Link> cuts = cuts(PartitionShape.DEAF_LEADER, FIVE, 1);
    assertThat(cuts).hasSize(4).allMatch(link -> link.to().equals("n2"));
  }

  @Test
  void muteAndDeafHitTheNodeThatWasDrawn() {
    Fault mute = new Fault.Partition(PartitionShape.MUTE, List.of("n4"));
    assertThat(mute.resolve("f", FIVE, null).links().keySet())
        .hasSize(4)
        .allMatch(link -> link.from().equals("n4"));
    Fault deaf = new Fault.Partition(PartitionShape.DEAF, List.of("n4"));
    assertThat(deaf.resolve("f", FIVE, null).links().keySet())
        .hasSize(4)
        .allMatch(link -> link.to().equals("n4"));
  }
}
