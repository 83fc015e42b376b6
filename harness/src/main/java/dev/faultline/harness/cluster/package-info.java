/**
 * What every kind of cluster has in common: how it is asked for, and what the rest of the harness
 * sees of it.
 *
 * <p>The nemesis sees a {@link dev.faultline.nemeses.Cluster}; whoever leads a run sees a {@link
 * dev.faultline.harness.cluster.ManagedCluster}, which also tells addresses and has to be closed.
 * What can be done to a cluster follows from its {@linkplain
 * dev.faultline.harness.cluster.ClusterKind kind} and from what stands in its {@linkplain
 * dev.faultline.harness.cluster.LinkBackend links}, and is known before anything is started.
 */
@NullMarked
package dev.faultline.harness.cluster;

import org.jspecify.annotations.NullMarked;
