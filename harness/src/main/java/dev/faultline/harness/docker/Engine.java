package dev.faultline.harness.docker;

import com.github.dockerjava.api.DockerClient;
import dev.faultline.harness.EnvironmentException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.testcontainers.DockerClientFactory;

/**
 * The container engine of this machine, found by Testcontainers: by {@code DOCKER_HOST}, the
 * current context, or the usual sockets. Safe for use by several threads.
 */
public final class Engine {

  /** The label by which everything of a run is known. */
  static final String RUN_LABEL = "dev.faultline.run";

  private static final String RYUK_DISABLED = "TESTCONTAINERS_RYUK_DISABLED";
  private static final long CONNECT_SECONDS = 60;
  private static final long PING_SECONDS = 5;

  private static final String REMEDY =
      "Install one (Debian: apt-get install docker.io) and start it (systemctl start docker, or"
          + " dockerd), or leave out --cluster docker.";

  private final DockerClient client;

  private Engine(DockerClient client) {
    this.client = client;
  }

  /**
   * Finds the engine.
   *
   * @throws EnvironmentException if none answers
   */
  public static Engine connect() throws EnvironmentException {
    ExecutorService caller = Executors.newSingleThreadExecutor(daemon());
    try {
      DockerClient client =
          CompletableFuture.supplyAsync(() -> DockerClientFactory.instance().client(), caller)
              .get(CONNECT_SECONDS, TimeUnit.SECONDS);
      checkItIsTheOneAskedFor();
      return new Engine(client);
    } catch (ExecutionException e) {
      throw new EnvironmentException("no container engine answers: " + cause(e), REMEDY, e);
    } catch (TimeoutException e) {
      throw new EnvironmentException(
          "the container engine did not answer within " + CONNECT_SECONDS + " s",
          "If it wanted to pull an image that cannot be had: set "
              + RYUK_DISABLED
              + "=true, and TESTCONTAINERS_HOST_OVERRIDE=localhost inside of containers.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("interrupted while looking for a container engine", "", e);
    } finally {
      caller.shutdown();
    }
  }

  /** Testcontainers goes on to the usual sockets when the engine that was named does not answer. */
  private static void checkItIsTheOneAskedFor() throws EnvironmentException {
    String asked = System.getenv("DOCKER_HOST");
    String found =
        String.valueOf(DockerClientFactory.instance().getTransportConfig().getDockerHost());
    if (asked != null && !asked.isBlank() && !asked.equals(found)) {
      throw new EnvironmentException(
          "no container engine answers at DOCKER_HOST=" + asked,
          "Start it, or unset DOCKER_HOST: one answers at " + found + ".");
    }
  }

  private static ThreadFactory daemon() {
    return Thread.ofPlatform().daemon().name("docker-connect").factory();
  }

  private static String cause(ExecutionException e) {
    Throwable cause = e.getCause();
    return cause == null ? String.valueOf(e.getMessage()) : String.valueOf(cause.getMessage());
  }

  /** Returns the engine's version, for people. */
  public String version() {
    return String.valueOf(client.versionCmd().exec().getVersion());
  }

  /** Tells whether the engine still answers. Blocks for a few seconds at most. */
  boolean answers() {
    if (!listens()) {
      return false;
    }
    ExecutorService caller = Executors.newSingleThreadExecutor(daemon());
    try {
      CompletableFuture.runAsync(() -> client.pingCmd().exec(), caller)
          .get(PING_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException | TimeoutException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      caller.shutdown();
    }
  }

  /**
   * Tells whether the engine takes new connections. One that is being stopped does not, but still
   * answers on those that it has.
   */
  private static boolean listens() {
    URI host = DockerClientFactory.instance().getTransportConfig().getDockerHost();
    try {
      switch (String.valueOf(host.getScheme())) {
        case "unix" ->
            SocketChannel.open(UnixDomainSocketAddress.of(Path.of(host.getPath()))).close();
        case "tcp" -> {
          try (var connection = new Socket()) {
            connection.connect(
                new InetSocketAddress(host.getHost(), host.getPort()),
                (int) TimeUnit.SECONDS.toMillis(PING_SECONDS));
          }
        }
        default -> {} // Such as a pipe of Windows: the ping has to tell.
      }
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  DockerClient client() {
    return client;
  }

  /** Returns the labels of everything that belongs to run {@code id}. */
  static Map<String, String> labels(String id) {
    Map<String, String> labels = new LinkedHashMap<>();
    if (!Boolean.parseBoolean(Optional.ofNullable(System.getenv(RYUK_DISABLED)).orElse(""))) {
      // Ryuk removes what has these labels once this JVM is gone. Without Ryuk Testcontainers does
      // so itself in a shutdown hook, while we may still be healing and reading logs.
      labels.putAll(DockerClientFactory.DEFAULT_LABELS);
    }
    labels.put(RUN_LABEL, id);
    return labels;
  }
}
