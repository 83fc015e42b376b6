package dev.faultline.harness.system;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a node lives.
 *
 * @param node its name
 * @param client where it serves clients
 * @param peer where it listens for its peers
 * @param metrics where it serves {@code /health} and {@code /metrics}
 * @param peers where it has to dial each node of the cluster, itself included; the others' may be
 *     link proxies
 * @param dataDirectory the directory that is its own, kept from start to start
 */
public record NodeAddresses(
    String node,
    InetSocketAddress client,
    InetSocketAddress peer,
    InetSocketAddress metrics,
    Map<String, InetSocketAddress> peers,
    Path dataDirectory) {}
