package dev.faultline.harness.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.system.ContainerImage;
import dev.faultline.harness.system.Launch;
import dev.faultline.harness.system.NodeAddresses;
import dev.faultline.harness.system.PeerRouting;
import dev.faultline.harness.system.SystemOptions;
import dev.faultline.harness.system.SystemUnderTest;
import dev.faultline.nemeses.NodeCondition;
import dev.faultline.nemeses.NodeStatus;
import dev.faultline.workloads.client.ClientFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class NodeProbesTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  private final Map<String, Optional<String>> versions = new HashMap<>();

  @Test
  void oneVersionOfAllIsSaidOnce() {
    versions.put("n1", Optional.of("3.5.16"));
    versions.put("n2", Optional.of("3.5.16"));
    assertThat(probes(true).version()).succeedsWithin(SOON).isEqualTo(Optional.of("3.5.16"));
  }

  @Test
  void severalVersionsAreAllSaidAndNodesThatDoNotAnswerLeftOut() {
    versions.put("n1", Optional.of("3.5.16"));
    versions.put("n2", Optional.of("3.4.30"));
    versions.put("n3", Optional.empty());
    assertThat(probes(true).version())
        .succeedsWithin(SOON)
        .isEqualTo(Optional.of("3.4.30, 3.5.16"));
  }

  @Test
  void aSystemThatTellsNothingTellsNoVersionAndNoStatus() {
    versions.put("n1", Optional.of("3.5.16"));
    NodeProbes probes = probes(false);
    assertThat(probes.believed("n1", NodeCondition.PAUSED))
        .as("nobody can be asked")
        .succeedsWithin(SOON)
        .isEqualTo(NodeCondition.PAUSED);
    assertThat(probes.version()).succeedsWithin(SOON).isEqualTo(Optional.empty());
    assertThat(probes.status("n1"))
        .failsWithin(SOON)
        .withThrowableThat()
        .withMessageContaining("do not tell how they stand");
  }

  @Test
  void healthIsAskedAtTheNodesOwnAddresses() {
    assertThat(probes(true).checkHealth("n2"))
        .failsWithin(SOON)
        .withThrowableThat()
        .withMessageContaining("client 2, metrics Optional[102]");
    assertThat(probes(true).checkHealth("n3"))
        .failsWithin(SOON)
        .withThrowableThat()
        .withMessageContaining("client 3, metrics Optional.empty");
  }

  private NodeProbes probes(boolean tellsStatus) {
    Map<String, InetSocketAddress> clients = new LinkedHashMap<>();
    clients.put("n1", at(1));
    clients.put("n2", at(2));
    clients.put("n3", at(3));
    return new NodeProbes(new Told(tellsStatus), clients, Map.of("n1", at(101), "n2", at(102)));
  }

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** A system whose nodes tell what the test says; one that it says nothing of does not answer. */
  private final class Told implements SystemUnderTest {

    private final boolean tellsStatus;

    Told(boolean tellsStatus) {
      this.tellsStatus = tellsStatus;
    }

    @Override
    public String name() {
      return "told";
    }

    @Override
    public String description() {
      return "for tests";
    }

    @Override
    public PeerRouting peerRouting() {
      return PeerRouting.DIRECT;
    }

    @Override
    public Launch process(NodeAddresses node, SystemOptions options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ContainerImage> image(SystemOptions options) {
      return Optional.empty();
    }

    @Override
    public Launch container(NodeAddresses node, SystemOptions options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ClientFactory clients(Map<String, InetSocketAddress> endpoints, Duration timeout) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean tellsStatus() {
      return tellsStatus;
    }

    @Override
    public StatusProbe statusProbe(Map<String, InetSocketAddress> endpoints) {
      return new StatusProbe() {
        @Override
        public CompletionStage<NodeStatus> status(String node, Duration timeout) {
          return CompletableFuture.completedFuture(new NodeStatus(node, "n1", 1, 1, 1));
        }

        @Override
        public CompletionStage<Optional<String>> version(String node, Duration timeout) {
          Optional<String> version = versions.get(node);
          return version == null
              ? CompletableFuture.failedFuture(new IOException("no answer"))
              : CompletableFuture.completedFuture(version);
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public CompletionStage<Void> checkHealth(
        InetSocketAddress client, Optional<InetSocketAddress> metrics, Duration timeout) {
      return CompletableFuture.failedFuture(
          new IOException(
              "client "
                  + client.getPort()
                  + ", metrics "
                  + metrics.map(InetSocketAddress::getPort)));
    }

    @Override
    public CompletionStage<Long> probePeer(
        InetSocketAddress address, int payloadBytes, Duration timeout) {
      throw new UnsupportedOperationException();
    }
  }
}
