/**
 * Clusters of containers, one for each node, on a network of the cluster's own.
 *
 * <p><b>Problem.</b> A node's container has to be killed, stopped, unplugged and started again many
 * times, keep its address and its data all the while, and must not need a tool inside for it. And
 * nothing of it may be left, however the harness ended.
 *
 * <p><b>Design.</b> A node consists of two containers. The {@linkplain
 * dev.faultline.harness.docker.Pod pod} holds the network namespace: it has the node's fixed
 * address, and runs the link agent, which probes links from where the node stands and cleans away
 * stale sockets after a cut. The {@linkplain dev.faultline.harness.docker.NodeContainer node's
 * container} runs the system's own image in the pod's namespace, and may come and go. Links are
 * either cut by one {@linkplain dev.faultline.harness.docker.PacketFilter packet filter} on the
 * bridge that all nodes share, or led through the link proxies that clusters of processes use too,
 * which then listen on the bridge's gateway address.
 *
 * <p>Testcontainers finds the engine and gives us its client and, where Ryuk is at work, the labels
 * by which it cleans up. Containers are made with that client directly: a node lives many lives, is
 * listened to from before each of them, and must be there still when Ctrl-C has started the JVM's
 * shutdown hooks, of which Testcontainers' own would remove it under our hands.
 *
 * <p>Everything carries the label {@code dev.faultline.run}. That label and the run's ledger are
 * what the {@linkplain dev.faultline.harness.docker.DockerSweeper sweeper} of the next run goes by.
 */
@NullMarked
package dev.faultline.harness.docker;

import org.jspecify.annotations.NullMarked;
