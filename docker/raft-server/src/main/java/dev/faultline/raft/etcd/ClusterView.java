package dev.faultline.raft.etcd;

import dev.faultline.raft.core.NodeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who is in the cluster, as clients are told: with the 64-bit numbers that etcd's API has in place
 * of names. Immutable.
 *
 * <p>The numbers are drawn from the cluster's token and the names alone, not from addresses as in
 * etcd: a node may reach its peers through proxies, so that addresses differ from node to node,
 * while numbers must not.
 *
 * @param self the node that answers
 * @param token what tells this cluster from others
 * @param members everyone, with their addresses
 */
public record ClusterView(NodeId self, String token, SortedMap<NodeId, Addresses> members) {

  /**
   * Where a member can be reached.
   *
   * @param peerUrls for its peers
   * @param clientUrls for clients; empty where it is not known
   */
  public record Addresses(List<String> peerUrls, List<String> clientUrls) {

    public Addresses {
      peerUrls = List.copyOf(peerUrls);
      clientUrls = List.copyOf(clientUrls);
    }
  }

  public ClusterView {
    members = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(members));
    if (!members.containsKey(self)) {
      throw new IllegalArgumentException(self + " is not a member of " + members.keySet());
    }
  }

  /** Returns the cluster's number. */
  public long clusterId() {
    return number(
        "cluster", String.join(",", members.keySet().stream().map(NodeId::name).toList()));
  }

  /** Returns the number of a member. */
  public long memberId(NodeId member) {
    return number("member", member.name());
  }

  private long number(String kind, String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash =
          digest.digest(String.join("\0", kind, token, name).getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(hash).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
