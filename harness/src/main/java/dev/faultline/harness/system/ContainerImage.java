package dev.faultline.harness.system;

import java.util.List;
import java.util.Optional;

/**
 * The image that a node's container is made of, and where things are inside it.
 *
 * @param reference the image's name with its tag
 * @param recipe what {@code docker/build-images} calls it, if that can build it
 * @param entryPoint replaces the image's own entry point; empty to keep that
 * @param clientPort where a node serves clients
 * @param peerPort where it listens for its peers
 * @param metricsPort where it serves {@code /metrics}; that of clients if it does not
 * @param dataDirectory where it keeps its data
 */
public record ContainerImage(
    String reference,
    Optional<String> recipe,
    List<String> entryPoint,
    int clientPort,
    int peerPort,
    int metricsPort,
    String dataDirectory) {

  public ContainerImage {
    entryPoint = List.copyOf(entryPoint);
  }

  /** Returns the same places inside another image, which is not ours to build. */
  ContainerImage withReference(String other) {
    return new ContainerImage(
        other, Optional.empty(), entryPoint, clientPort, peerPort, metricsPort, dataDirectory);
  }
}
