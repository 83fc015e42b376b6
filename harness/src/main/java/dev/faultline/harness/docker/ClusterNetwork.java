package dev.faultline.harness.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Network;
import java.io.IOException;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The network of one cluster: a bridge with a subnet of its own, so that every node has an address
 * for good. An address that the engine hands out may go to another container while a node is down.
 */
final class ClusterNetwork {

  private static final int TRIES = 30;
  private static final int FIRST_NODE = 11;

  private final String id;
  private final String prefix;

  private ClusterNetwork(String id, String prefix) {
    this.id = id;
    this.prefix = prefix;
  }

  /**
   * Makes a network with a free subnet out of 10.128.0.0/9. Docker's own pools lie elsewhere, and
   * the engine refuses a subnet that overlaps with another network or with a route of the host.
   */
  static ClusterNetwork create(
      DockerClient client, String runId, Map<String, String> labels, RandomGenerator random)
      throws IOException {
    RuntimeException last = null;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      String prefix = "10." + random.nextInt(128, 256) + "." + random.nextInt(0, 256);
      try {
        String id =
            client
                .createNetworkCmd()
                .withName("faultline-" + runId)
                .withDriver("bridge")
                .withCheckDuplicate(true)
                .withLabels(labels)
                .withIpam(
                    new Network.Ipam()
                        .withConfig(
                            new Network.Ipam.Config()
                                .withSubnet(prefix + ".0/24")
                                .withGateway(prefix + ".1")))
                .exec()
                .getId();
        return new ClusterNetwork(id, prefix);
      } catch (RuntimeException e) { // The client's own, or whatever its connection throws.
        last = e;
        if (!String.valueOf(e.getMessage()).contains("overlap")) {
          break;
        }
      }
    }
    throw new IOException(
        "no network could be made for the cluster: " + (last == null ? "" : last.getMessage()),
        last);
  }

  String id() {
    return id;
  }

  /** Returns the host's own address on the network, where containers reach what listens there. */
  String gateway() {
    return prefix + ".1";
  }

  /** Returns the address of the {@code i}th node, counted from 0. */
  String address(int i) {
    return prefix + "." + (FIRST_NODE + i);
  }
}
