package dev.faultline.harness.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.WaitResponse;
import dev.faultline.harness.system.ContainerImage;
import dev.faultline.harness.system.Launch;
import dev.faultline.nemeses.NodeCondition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The container of one node, through all its lives, with the data that it has. Its methods block
 * for a moment; one thread at a time uses them.
 */
final class NodeContainer {

  private static final long LOG_COMPLETE_WITHIN_SECONDS = 3;
  private static final int PAUSE_ATTEMPTS = 10;
  private static final long PAUSE_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long GONE_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(8);

  private final DockerClient client;
  private final String node;
  private final String id;
  private final Path log;
  private final IntPredicate onUnaskedExit;
  private final Consumer<Throwable> onLostSight;

  private volatile @Nullable Life life;

  private NodeContainer(
      DockerClient client,
      String node,
      String id,
      Path log,
      IntPredicate onUnaskedExit,
      Consumer<Throwable> onLostSight) {
    this.client = client;
    this.node = node;
    this.id = id;
    this.log = log;
    this.onUnaskedExit = onUnaskedExit;
    this.onLostSight = onLostSight;
  }

  /**
   * Makes a node's container in {@code pod}'s network namespace, and does not start it.
   *
   * @param name what the container is called
   * @param onUnaskedExit told the exit code when the container ends without {@link #kill}; answers
   *     whether that was the node's own doing
   * @param onLostSight told when the engine stopped telling of the container
   */
  static NodeContainer create(
      DockerClient client,
      String node,
      String name,
      Pod pod,
      ContainerImage image,
      Launch launch,
      Map<String, String> labels,
      Path log,
      IntPredicate onUnaskedExit,
      Consumer<Throwable> onLostSight)
      throws IOException {
    List<String> environment =
        launch.environment().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .toList();
    CreateContainerCmd create =
        client
            .createContainerCmd(image.reference())
            .withName(name)
            .withLabels(labels)
            .withEnv(environment)
            .withCmd(launch.words())
            .withAttachStdout(true)
            .withAttachStderr(true)
            .withHostConfig(HostConfig.newHostConfig().withNetworkMode("container:" + pod.id()));
    if (!image.entryPoint().isEmpty()) {
      create.withEntrypoint(image.entryPoint());
    }
    try {
      return new NodeContainer(
          client, node, create.exec().getId(), log, onUnaskedExit, onLostSight);
    } catch (DockerException e) {
      throw new IOException(
          "the container of " + node + " could not be made: " + e.getMessage(), e);
    }
  }

  /** One life of the container, listened to from before it begins. */
  private final class Life {

    private final NodeLogWriter output;
    private volatile boolean endAskedFor;
    private volatile boolean endBelieved;

    Life() throws IOException {
      this.output = new NodeLogWriter(log);
    }

    void listen() {
      client
          .attachContainerCmd(id)
          .withStdOut(true)
          .withStdErr(true)
          .withFollowStream(true)
          .exec(output);
      awaitAttached();
    }

    private void awaitAttached() {
      try {
        output.awaitStarted(LOG_COMPLETE_WITHIN_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    void watch() {
      client.waitContainerCmd(id).exec(new EndWatch(this));
    }

    void ended(int code) {
      awaitLog();
      if (!endAskedFor) {
        endBelieved = onUnaskedExit.test(code);
      }
    }

    void awaitLog() {
      try {
        output.awaitCompletion(LOG_COMPLETE_WITHIN_SECONDS, TimeUnit.SECONDS);
        output.close();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (IOException e) {
        onLostSight.accept(e);
      }
    }
  }

  /** Waits for the end of a life. */
  private final class EndWatch extends ResultCallback.Adapter<WaitResponse> {

    private final Life watched;
    private boolean told;

    EndWatch(Life watched) {
      this.watched = watched;
    }

    @Override
    public void onNext(WaitResponse end) {
      told = true;
      watched.ended(end.getStatusCode());
    }

    @Override
    public void onError(Throwable failure) {
      if (!told && !watched.endAskedFor) {
        onLostSight.accept(failure);
      }
      super.onError(failure);
    }
  }

  /** Starts the container unless it runs. */
  void start() throws IOException {
    if (isRunning()) {
      return;
    }
    Life next = new Life();
    next.listen();
    try {
      client.startContainerCmd(id).exec();
    } catch (NotModifiedException _) {
      // It runs already.
    } catch (DockerException e) {
      next.output.close();
      throw new IOException(node + " could not be started: " + e.getMessage(), e);
    }
    life = next;
    next.watch();
  }

  /** Ends the container with SIGKILL and waits until it is gone. */
  void kill() throws IOException {
    Life current = life;
    if (current == null || !isRunning()) {
      return; // One that has ended by itself before it was asked has ended unasked.
    }
    current.endAskedFor = true;
    try {
      client.killContainerCmd(id).exec();
    } catch (ConflictException _) {
      // It has ended in this very moment.
    }
    long giveUp = System.nanoTime() + GONE_WITHIN_NANOS;
    while (isRunning()) {
      if (System.nanoTime() - giveUp > 0) {
        throw new IOException("the container of " + node + " survived SIGKILL");
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  /**
   * Freezes every process of the container. With cgroups of version 1 the runtime gives up ("unable
   * to freeze") when a process of a busy machine does not stop at once; it is tried again.
   */
  void pause() throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        client.pauseContainerCmd(id).exec();
        return;
      } catch (DockerException e) {
        InspectContainerResponse.ContainerState state = state();
        if (Boolean.TRUE.equals(state.getPaused())) {
          return;
        }
        if (attempt == PAUSE_ATTEMPTS || !Boolean.TRUE.equals(state.getRunning())) {
          throw new IOException(node + " could not be paused: " + e.getMessage(), e);
        }
        LockSupport.parkNanos(PAUSE_AGAIN_NANOS);
      }
    }
  }

  /** Lets a frozen container go on. */
  void resume() throws IOException {
    try {
      client.unpauseContainerCmd(id).exec();
    } catch (DockerException e) {
      if (Boolean.TRUE.equals(state().getPaused())) {
        throw new IOException(node + " could not be resumed: " + e.getMessage(), e);
      }
    }
  }

  /** Asks the engine. Whether an end was the node's own doing takes a moment to tell. */
  NodeCondition condition() throws IOException {
    InspectContainerResponse.ContainerState state = state();
    if (Boolean.TRUE.equals(state.getPaused())) {
      return NodeCondition.PAUSED;
    }
    if (Boolean.TRUE.equals(state.getRunning())) {
      return NodeCondition.RUNNING;
    }
    Life current = life;
    if (current == null || current.endAskedFor) {
      return NodeCondition.DOWN;
    }
    if (!current.endBelieved) {
      throw new IOException(node + " has ended; by itself or not is being found out");
    }
    return NodeCondition.EXITED;
  }

  private boolean isRunning() {
    return Boolean.TRUE.equals(state().getRunning());
  }

  private InspectContainerResponse.ContainerState state() {
    return client.inspectContainerCmd(id).exec().getState();
  }

  /** From now on no end is unasked; ends the container in order if it can, and reads its log. */
  void stop(int graceSeconds) {
    Life current = life;
    if (current == null) {
      return;
    }
    current.endAskedFor = true;
    try {
      if (Boolean.TRUE.equals(state().getPaused())) {
        client.unpauseContainerCmd(id).exec();
      }
      client.stopContainerCmd(id).withTimeout(graceSeconds).exec();
    } catch (NotModifiedException | NotFoundException _) {
      // It has ended already.
    }
    current.awaitLog();
  }

  void remove() {
    try {
      client.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
    } catch (NotFoundException _) {
      // Gone already.
    }
  }
}
