package dev.faultline.harness.cli;

import dev.faultline.harness.system.NodeAddresses;
import dev.faultline.harness.system.RaftSystem;
import dev.faultline.harness.system.SystemOptions;
import dev.faultline.harness.system.SystemUnderTest;
import dev.faultline.workloads.client.ClientFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The bundled server, started in another way. */
abstract class DisguisedRaft implements SystemUnderTest {

  private final SystemUnderTest raft = new RaftSystem();

  @Override
  public String description() {
    return "for tests";
  }

  @Override
  public List<String> command(NodeAddresses node, SystemOptions options) {
    return raft.command(node, options);
  }

  @Override
  public ClientFactory clients(Map<String, InetSocketAddress> endpoints, Duration timeout) {
    return raft.clients(endpoints, timeout);
  }

  @Override
  public StatusProbe statusProbe(Map<String, InetSocketAddress> endpoints) {
    return raft.statusProbe(endpoints);
  }

  @Override
  public CompletionStage<Long> probePeer(
      InetSocketAddress address, int payloadBytes, Duration timeout) {
    return raft.probePeer(address, payloadBytes, timeout);
  }
}
