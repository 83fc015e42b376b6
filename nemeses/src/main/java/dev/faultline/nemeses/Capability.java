package dev.faultline.nemeses;

/** Something that a cluster lets be done to it. */
public enum Capability {
  /** Cutting both directions between two nodes. */
  CUT("cut two nodes off from each other, both ways"),
  /**
   * Cutting one direction for messages while the other passes, whoever dialled the connection. What
   * carries the messages, such as TCP's acknowledgements, goes on working.
   */
  ONE_WAY("lose the messages of one direction while the other passes"),
  /**
   * Dropping the packets of one direction, TCP's acknowledgements included, so that soon nothing
   * passes in the other direction either.
   */
  PACKET_DROP("drop the packets of one direction"),
  /** Unplugging a node from its network, for its peers and for clients. */
  DISCONNECT("unplug a node from its network"),
  /** Delaying messages on a link, with jitter. */
  SLOW("delay messages"),
  /** Limiting the bandwidth of a link. */
  BANDWIDTH("limit the bandwidth of links"),
  /** Delivering what a link carries in small pieces, with a pause after each. */
  SLICE("deliver data in small pieces"),
  /** Loss, shown as stalls of retransmission length and resets. */
  LOSSY("stall and break streams as a lossy network does"),
  /** Resetting the connections of a link. */
  RESET("reset connections"),
  /** Killing a node with SIGKILL and starting it again with the same data. */
  KILL("kill nodes and start them again"),
  /** Stopping a node with SIGSTOP and continuing it. */
  PAUSE("stop nodes and let them go on"),
  /** Telling which node leads, and in which term. */
  LEADER("tell which node leads");

  private final String words;

  Capability(String words) {
    this.words = words;
  }

  /** Returns what a cluster with this capability can do, to be read after "can". */
  public String words() {
    return words;
  }
}
