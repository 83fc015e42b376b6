package dev.faultline.harness.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The container that holds a node's network namespace: its address outlives the node's own
 * container, and the link agent in it looks at the network from where the node stands. Its methods
 * block for a moment.
 */
final class Pod {

  static final String IMAGE = "faultline/net:latest";
  static final String RECIPE = "net";
  static final int AGENT_PORT = 7999;

  private static final int STATUS_NOT_CONNECTED = 404;

  private final DockerClient client;
  private final ClusterNetwork network;
  private final String id;
  private final String address;

  private Pod(DockerClient client, ClusterNetwork network, String id, String address) {
    this.client = client;
    this.network = network;
    this.id = id;
    this.address = address;
  }

  /**
   * Makes and starts the pod of a node.
   *
   * @param name what the container is called
   * @param address its address on the network
   * @param published the ports that are to be reached on this machine's loopback address, from the
   *     port inside to the one outside; empty where containers are reached by their own addresses
   */
  static Pod start(
      DockerClient client,
      ClusterNetwork network,
      String name,
      String address,
      Map<Integer, Integer> published,
      Map<String, String> labels)
      throws IOException {
    List<PortBinding> bindings = new ArrayList<>();
    published.forEach((inside, outside) ->
        bindings.add(
            new PortBinding(
                Ports.Binding.bindIpAndPort("127.0.0.1", outside), ExposedPort.tcp(inside))));
    String id = null;
    try {
      id =
          client
              .createContainerCmd(IMAGE)
              .withName(name)
              .withLabels(labels)
              .withIpv4Address(address)
              .withExposedPorts(bindings.stream().map(PortBinding::getExposedPort).toList())
              .withHostConfig(
                  HostConfig.newHostConfig()
                      .withNetworkMode(network.id())
                      .withPortBindings(bindings)
                      .withExtraHosts("host.docker.internal:host-gateway")
                      .withCapAdd(Capability.NET_ADMIN))
              .exec()
              .getId();
      client.startContainerCmd(id).exec();
      return new Pod(client, network, id, address);
    } catch (DockerException e) {
      if (id != null) {
        remove(client, id);
      }
      String what = name + " could not be started: " + e.getMessage();
      throw PortTakenException.isMeantBy(e)
          ? new PortTakenException(what, e)
          : new IOException(what, e);
    }
  }

  /** A port that was to be published is taken; another one may do. */
  static final class PortTakenException extends IOException {

    private static final long serialVersionUID = 1L;

    PortTakenException(String message, Throwable cause) {
      super(message, cause);
    }

    /** Tells it from what the engine says, which has no code of its own for it. */
    static boolean isMeantBy(DockerException e) {
      String said = String.valueOf(e.getMessage());
      return said.contains("port is already allocated") || said.contains("address already in use");
    }
  }

  String id() {
    return id;
  }

  String address() {
    return address;
  }

  /** Pulls the node's network cable. Idempotent. */
  void unplug() {
    try {
      client
          .disconnectFromNetworkCmd()
          .withNetworkId(network.id())
          .withContainerId(id)
          .withForce(true)
          .exec();
    } catch (DockerException e) {
      if (e.getHttpStatus() != STATUS_NOT_CONNECTED && isPluggedIn()) {
        throw e;
      }
    }
  }

  /** Plugs the node in again, at the address that it had. Idempotent. */
  void plugIn() {
    if (isPluggedIn()) {
      return;
    }
    client
        .connectToNetworkCmd()
        .withNetworkId(network.id())
        .withContainerId(id)
        .withContainerNetwork(
            new ContainerNetwork()
                .withIpamConfig(new ContainerNetwork.Ipam().withIpv4Address(address)))
        .exec();
  }

  private boolean isPluggedIn() {
    return client
        .inspectContainerCmd(id)
        .exec()
        .getNetworkSettings()
        .getNetworks()
        .values()
        .stream()
        .anyMatch(connected -> network.id().equals(connected.getNetworkID()));
  }

  private static void remove(DockerClient client, String id) {
    try {
      client.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
    } catch (NotFoundException _) {
      // Gone already.
    }
  }
}
