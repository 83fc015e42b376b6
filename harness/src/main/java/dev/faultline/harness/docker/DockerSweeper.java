package dev.faultline.harness.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Network;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.ledger.NotNow;
import dev.faultline.harness.ledger.RunLedger;
import dev.faultline.harness.ledger.Sweeper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes away the containers, the network and the packet filter of runs whose harness was killed,
 * found by their label, and no others.
 */
public final class DockerSweeper implements Sweeper {

  private static final String KIND = "docker";
  private static final long FILTER_SECONDS = 20;
  private static final long GONE_SECONDS = 20;
  private static final long LOOK_AGAIN_MILLIS = 50;

  /** Notes in {@code ledger} that its run is about to use the engine. */
  static void note(RunLedger ledger) throws IOException {
    ledger.note(KIND, ledger.id());
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public List<String> sweep(List<String> words) throws IOException {
    if (words.isEmpty() || words.getFirst().isEmpty()) {
      return List.of(); // Torn when the harness was killed, before anything was made.
    }
    DockerClient client;
    try {
      client = Engine.connect().client();
    } catch (EnvironmentException e) {
      throw new NotNow("containers of " + words.getFirst() + ": no container engine answers", e);
    }
    try {
      return sweep(client, words.getFirst());
    } catch (DockerException e) {
      throw new IOException("containers of " + words.getFirst() + ": " + e.getMessage(), e);
    }
  }

  /** Takes away everything of {@code run}; idempotent. */
  static List<String> sweep(DockerClient client, String run) throws IOException {
    List<String> ended = new ArrayList<>();
    List<String> label = List.of(Engine.RUN_LABEL + "=" + run);
    List<Container> containers =
        client.listContainersCmd().withShowAll(true).withLabelFilter(label).exec();
    removeFilter(client, run);
    for (Container container : containers) {
      try {
        client.removeContainerCmd(container.getId()).withForce(true).withRemoveVolumes(true).exec();
      } catch (NotFoundException _) {
        continue; // Another sweeper was quicker.
      } catch (ConflictException _) {
        awaitGone(client, container); // Another sweeper is at it.
        continue;
      }
      ended.add("container " + container.getNames()[0].substring(1));
    }
    for (Network network : client.listNetworksCmd().withFilter("label", label).exec()) {
      try {
        client.removeNetworkCmd(network.getId()).exec();
      } catch (NotFoundException _) {
        continue; // Another sweeper was quicker.
      }
      ended.add("network " + network.getName());
    }
    return ended;
  }

  private static void awaitGone(DockerClient client, Container container) throws IOException {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(GONE_SECONDS);
    while (System.nanoTime() - giveUp < 0) {
      try {
        client.inspectContainerCmd(container.getId()).exec();
      } catch (NotFoundException _) {
        return;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_AGAIN_MILLIS));
    }
    throw new IOException("container " + container.getId() + " does not go away");
  }

  /** The sidecar that had made it may be gone; a new one does as well. */
  private static void removeFilter(DockerClient client, String run) throws IOException {
    String table = PacketFilter.table(run);
    String id;
    try {
      id =
          client
              .createContainerCmd(Pod.IMAGE)
              .withLabels(Engine.labels(run))
              .withEntrypoint("nft")
              .withCmd(PacketFilter.removal(table))
              .withHostConfig(
                  HostConfig.newHostConfig()
                      .withNetworkMode("host")
                      .withCapAdd(Capability.NET_ADMIN))
              .exec()
              .getId();
    } catch (NotFoundException _) {
      return; // Without the image no filter was ever made.
    }
    try {
      client.startContainerCmd(id).exec();
      Integer code =
          client.waitContainerCmd(id).start().awaitStatusCode(FILTER_SECONDS, TimeUnit.SECONDS);
      if (code != 0) {
        throw new IOException("the packet filter " + table + " could not be taken away");
      }
    } finally {
      client.removeContainerCmd(id).withForce(true).exec();
    }
  }
}
