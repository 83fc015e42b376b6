package dev.faultline.harness.cluster;

import dev.faultline.harness.system.SystemOptions;
import dev.faultline.harness.system.SystemUnderTest;
import java.nio.file.Path;
import java.util.List;

/**
 * What a cluster is made of.
 *
 * @param system the system under test
 * @param options what the system is told
 * @param nodes the nodes' names, in order
 * @param links what stands in the links
 * @param dataDirectory where each node gets a directory for its data, if the kind of cluster keeps
 *     data on this machine's disk
 * @param logDirectory where each node gets a directory for its log
 */
public record ClusterLayout(
    SystemUnderTest system,
    SystemOptions options,
    List<String> nodes,
    LinkBackend links,
    Path dataDirectory,
    Path logDirectory) {

  public ClusterLayout {
    nodes = List.copyOf(nodes);
  }
}
