package dev.faultline.harness.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Network;
import dev.faultline.harness.EnvironmentException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What an engine has, asked behind the harness's back. */
public record EngineView(DockerClient client) {

  private static final long NFT_SECONDS = 30;

  /** Connects as the harness does. */
  public static EngineView connect() {
    try {
      return new EngineView(Engine.connect().client());
    } catch (EnvironmentException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the containers of run {@code id}, stopped ones included. */
  public List<Container> containers(String id) {
    return client.listContainersCmd().withShowAll(true).withLabelFilter(label(id)).exec();
  }

  /** Returns the networks of run {@code id}. */
  public List<Network> networks(String id) {
    return client.listNetworksCmd().withFilter("label", label(id)).exec();
  }

  private static List<String> label(String id) {
    return List.of(Engine.RUN_LABEL + "=" + id);
  }

  /** Returns the name of the packet filter of run {@code id}. */
  public static String table(String id) {
    return PacketFilter.table(id);
  }

  /** Returns what {@code nft list tables} says on the engine's host. */
  public String packetFilters() throws InterruptedException {
    String container =
        client
            .createContainerCmd(Pod.IMAGE)
            .withEntrypoint("nft")
            .withCmd("list", "tables")
            .withHostConfig(
                HostConfig.newHostConfig().withNetworkMode("host").withCapAdd(Capability.NET_ADMIN))
            .exec()
            .getId();
    try {
      client.startContainerCmd(container).exec();
      client.waitContainerCmd(container).start().awaitStatusCode(NFT_SECONDS, TimeUnit.SECONDS);
      StringBuilder said = new StringBuilder();
      client
          .logContainerCmd(container)
          .withStdOut(true)
          .withStdErr(true)
          .exec(
              new ResultCallback.Adapter<Frame>() {
                @Override
                public void onNext(Frame frame) {
                  said.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                }
              })
          .awaitCompletion(NFT_SECONDS, TimeUnit.SECONDS);
      return said.toString();
    } finally {
      client.removeContainerCmd(container).withForce(true).exec();
    }
  }

  /** Makes a container and a network that belong to nobody's run; their name is both's. */
  public Foreigner foreigner(String name) {
    String network = client.createNetworkCmd().withName(name).exec().getId();
    String container =
        client
            .createContainerCmd(Pod.IMAGE)
            .withName(name)
            .withHostConfig(HostConfig.newHostConfig().withNetworkMode(network))
            .exec()
            .getId();
    client.startContainerCmd(container).exec();
    return new Foreigner(client, container, network);
  }

  /** Somebody else's container and network. */
  public record Foreigner(DockerClient client, String container, String network)
      implements AutoCloseable {

    /** Tells whether the container runs and the network is there. */
    public boolean isUntouched() {
      return Boolean.TRUE.equals(
              client.inspectContainerCmd(container).exec().getState().getRunning())
          && client.inspectNetworkCmd().withNetworkId(network).exec().getContainers().size() == 1;
    }

    @Override
    public void close() {
      client.removeContainerCmd(container).withForce(true).exec();
      client.removeNetworkCmd(network).exec();
    }
  }
}
