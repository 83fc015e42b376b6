package dev.faultline.harness.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Takes away the containers, the network and the packet filter of runs whose harness was killed,
 * found by their label, and no others.
 *
 * <p>Everything is tried, and what fails is told at the end. What stays in a container engine is in
 * no other run's way: it is left for later, with a remark, and keeps nobody from going on.
 */
public final class DockerSweeper implements Sweeper {

  private static final String KIND = "docker";
  private static final String FILTER = "filter";

  /** The label of a sweeper's own helper: it must not look like something of the dead run. */
  private static final String HELPER_LABEL = "dev.faultline.sweeper";

  private static final long FILTER_SECONDS = 20;
  private static final long GONE_SECONDS = 20;
  private static final long LOOK_AGAIN_MILLIS = 50;

  /** Notes in {@code ledger} that its run is about to use the engine. */
  static void note(RunLedger ledger) throws IOException {
    ledger.note(KIND, ledger.id());
  }

  /**
   * Notes that the run has installed a packet filter; not before it has, for where none can be
   * installed none can be taken away. One that was just installed drops nothing.
   */
  static void noteFilter(RunLedger ledger) throws IOException {
    ledger.note(KIND, ledger.id(), FILTER);
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
    String run = words.getFirst();
    try {
      DockerClient client = Engine.connect().client();
      if (words.size() > 1) {
        if (words.get(1).equals(FILTER)) {
          removeFilter(client, run);
        }
        return List.of();
      }
      return sweep(client, run);
    } catch (EnvironmentException e) {
      throw new NotNow("containers of " + run + ": no container engine answers", e);
    } catch (IOException | RuntimeException e) {
      throw new NotNow("containers of " + run + ": " + e.getMessage(), e);
    }
  }

  /**
   * Takes away every container and the network of {@code run}; idempotent.
   *
   * @throws IOException if something is left; everything was tried
   */
  static List<String> sweep(DockerClient client, String run) throws IOException {
    List<String> ended = new ArrayList<>();
    List<String> label = List.of(Engine.RUN_LABEL + "=" + run);
    Failures failures = new Failures();
    failures.attempt(() -> {
      for (Container container :
          client.listContainersCmd().withShowAll(true).withLabelFilter(label).exec()) {
        failures.attempt(() -> remove(client, container, ended));
      }
    });
    failures.attempt(() -> {
      for (Network network : client.listNetworksCmd().withFilter("label", label).exec()) {
        failures.attempt(() -> remove(client, network, ended));
      }
    });
    failures.tell();
    return ended;
  }

  private static void remove(DockerClient client, Container container, List<String> ended)
      throws IOException {
    try {
      client.removeContainerCmd(container.getId()).withForce(true).withRemoveVolumes(true).exec();
      ended.add("container " + container.getNames()[0].substring(1));
    } catch (NotFoundException _) {
      // Another sweeper was quicker.
    } catch (ConflictException _) {
      awaitGone(client, container); // Another sweeper is at it.
    }
  }

  private static void remove(DockerClient client, Network network, List<String> ended) {
    try {
      client.removeNetworkCmd(network.getId()).exec();
      ended.add("network " + network.getName());
    } catch (NotFoundException _) {
      // Another sweeper was quicker.
    }
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

  /**
   * Takes away the packet filter of {@code run}, if it is there. The sidecar that had made it may
   * be gone; a new one does as well.
   */
  static void removeFilter(DockerClient client, String run) throws IOException {
    String table = PacketFilter.table(run);
    String id =
        client
            .createContainerCmd(Pod.IMAGE)
            .withLabels(Map.of(HELPER_LABEL, run))
            .withEntrypoint("nft")
            .withCmd(PacketFilter.removal(table))
            .withHostConfig(
                HostConfig.newHostConfig().withNetworkMode("host").withCapAdd(Capability.NET_ADMIN))
            .exec()
            .getId();
    try {
      client.startContainerCmd(id).exec();
      Integer code =
          client.waitContainerCmd(id).start().awaitStatusCode(FILTER_SECONDS, TimeUnit.SECONDS);
      if (code != 0) {
        throw new IOException("the packet filter " + table + " could not be taken away");
      }
    } finally {
      removeHelper(client, id);
    }
  }

  private static void removeHelper(DockerClient client, String id) {
    try {
      client.removeContainerCmd(id).withForce(true).exec();
    } catch (NotFoundException | ConflictException _) {
      // It is gone, or about to be.
    }
  }

  /** Something of a sweep that may fail. */
  private interface Attempt {
    void make() throws IOException;
  }

  /** What failed so far; the client throws all kinds of exceptions when the engine goes away. */
  private static final class Failures {
    private @Nullable IOException first;

    void attempt(Attempt attempt) {
      try {
        attempt.make();
      } catch (IOException | RuntimeException e) {
        IOException failure =
            e instanceof IOException io ? io : new IOException(String.valueOf(e.getMessage()), e);
        if (first == null) {
          first = failure;
        } else {
          first.addSuppressed(failure);
        }
      }
    }

    void tell() throws IOException {
      if (first != null) {
        throw first;
      }
    }
  }
}
