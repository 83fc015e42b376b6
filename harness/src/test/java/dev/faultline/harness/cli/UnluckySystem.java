package dev.faultline.harness.cli;

import dev.faultline.harness.system.NodeAddresses;
import dev.faultline.harness.system.RaftSystem;
import dev.faultline.harness.system.SystemOptions;
import dev.faultline.harness.system.SystemUnderTest;
import dev.faultline.workloads.client.ClientFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** The bundled server, but the first node that is ever started finds its port taken. */
public final class UnluckySystem implements SystemUnderTest {

  private static final String SCRIPT =
      "mkdir -p \"$0\"; if mkdir \"$0/unlucky\" 2>/dev/null; "
          + "then echo 'address already in use: 127.0.0.1:1'; exit 4; fi; exec \"$@\"";

  private final SystemUnderTest raft = new RaftSystem();

  @Override
  public String name() {
    return "unlucky";
  }

  @Override
  public String description() {
    return "finds a port taken at first";
  }

  @Override
  public List<String> command(NodeAddresses node, SystemOptions options) {
    Path shared = Objects.requireNonNull(node.dataDirectory().getParent());
    List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT, shared.toString()));
    command.addAll(raft.command(node, options));
    return command;
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
  public CompletionStage<Long> probePeer(InetSocketAddress address, Duration timeout) {
    return raft.probePeer(address, timeout);
  }
}
