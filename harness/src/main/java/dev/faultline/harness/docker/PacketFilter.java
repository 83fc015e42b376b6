package dev.faultline.harness.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * One rule set on the cluster's bridge that drops packets between nodes: all of a directed link's,
 * or a random share of them.
 *
 * <p>The table is of the bridge family and looks at every packet by itself, so connections that are
 * open already are cut like new ones. Every change is one transaction of {@code nft}: no moment
 * lies between the first link's change and the last's. What the harness and clients exchange with a
 * node does not pass from port to port of the bridge, and is never touched.
 */
final class PacketFilter {

  private static final long EDIT_SECONDS = 8;

  private final DockerClient client;
  private final String sidecar;
  private final String table;
  private final Map<String, String> addresses;

  /**
   * Speaks to the filter.
   *
   * @param sidecar the id of a container on the host's network that may edit the filter
   * @param table the name of the rule set; see {@link #table}
   * @param addresses the IPv4 address of each node
   */
  PacketFilter(DockerClient client, String sidecar, String table, Map<String, String> addresses) {
    this.client = client;
    this.sidecar = sidecar;
    this.table = table;
    this.addresses = Map.copyOf(addresses);
  }

  /** Returns the name of the rule set of run {@code id}. */
  static String table(String id) {
    return "faultline_" + Integer.toHexString(id.hashCode());
  }

  /** Returns the command that takes away the rule set of a run, whether it is there or not. */
  static String removal(String table) {
    return "add table bridge " + table + "; delete table bridge " + table;
  }

  /** Makes the rule set, with nothing dropped. Blocks. */
  void install() throws IOException {
    edit(removal(table) + "; " + base());
  }

  private String base() {
    return "add table bridge "
        + table
        + "; add set bridge "
        + table
        + " cut { type ipv4_addr . ipv4_addr ; }"
        + "; add chain bridge "
        + table
        + " links { type filter hook forward priority -300 ; }"
        + "; "
        + cutRule();
  }

  private String cutRule() {
    return "add rule bridge " + table + " links ip saddr . ip daddr @cut counter drop";
  }

  /** Drops what {@code states} say, and nothing else. Blocks. */
  void shape(Map<Link, LinkState> states) throws IOException {
    edit(String.join("; ", edits(states)));
  }

  /** Returns the commands of the transaction that brings the links into {@code states}. */
  List<String> edits(Map<Link, LinkState> states) {
    List<String> cuts = new ArrayList<>();
    Map<Link, Double> losses = new TreeMap<>();
    states.forEach((link, state) -> {
      if (state.cut()) {
        cuts.add(address(link.from()) + " . " + address(link.to()));
      } else if (state.stallProbability() > 0) {
        losses.put(link, state.stallProbability());
      }
    });
    List<String> edits = new ArrayList<>();
    edits.add("flush chain bridge " + table + " links");
    edits.add("flush set bridge " + table + " cut");
    if (!cuts.isEmpty()) {
      edits.add("add element bridge " + table + " cut { " + String.join(", ", cuts) + " }");
    }
    edits.add(cutRule());
    losses.forEach((link, share) ->
        edits.add(
            String.format(
                Locale.ROOT,
                "add rule bridge %s links ip saddr %s ip daddr %s numgen random mod 1000 < %d"
                    + " counter drop",
                table,
                address(link.from()),
                address(link.to()),
                Math.max(1, Math.round(share * 1000)))));
    return edits;
  }

  private String address(String node) {
    String address = addresses.get(node);
    if (address == null) {
      throw new IllegalArgumentException("there is no node '" + node + "'");
    }
    return address;
  }

  private void edit(String commands) throws IOException {
    StringBuilder said = new StringBuilder();
    try {
      String exec =
          client
              .execCreateCmd(sidecar)
              .withCmd("nft", commands)
              .withAttachStdout(true)
              .withAttachStderr(true)
              .exec()
              .getId();
      boolean over =
          client
              .execStartCmd(exec)
              .exec(
                  new ResultCallback.Adapter<Frame>() {
                    @Override
                    public void onNext(Frame frame) {
                      said.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                    }
                  })
              .awaitCompletion(EDIT_SECONDS, TimeUnit.SECONDS);
      Long code = client.inspectExecCmd(exec).exec().getExitCodeLong();
      if (!over || code == null || code != 0) {
        throw new IOException("the packet filter could not be edited: " + said.toString().strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the packet filter was edited", e);
    } catch (RuntimeException e) {
      throw new IOException("the packet filter could not be edited: " + e.getMessage(), e);
    }
  }
}
