package dev.faultline.nemeses;

/** Something that a cluster lets be done to it. */
public enum Capability {
  /** Cutting a directed link for messages, whoever dialled the connection. */
  CUT,
  /** Delaying messages on a link, with jitter and bandwidth. */
  SLOW,
  /** Loss, shown as stalls of retransmission length and resets. */
  LOSSY,
  /** Resetting the connections of a link. */
  RESET,
  /** Killing a node with SIGKILL and starting it again with the same data. */
  KILL,
  /** Stopping a node with SIGSTOP and continuing it. */
  PAUSE,
  /** Telling which node leads, and in which term. */
  LEADER,
  ONE_WAY,
  PACKET_DROP,
  DISCONNECT,
  BANDWIDTH,
  SLICE
}
