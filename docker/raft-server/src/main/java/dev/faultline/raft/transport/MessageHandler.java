package dev.faultline.raft.transport;

import dev.faultline.raft.core.Message;
import dev.faultline.raft.core.NodeId;

/** Takes the messages that arrive. Called by many threads at once. */
@FunctionalInterface
public interface MessageHandler {

  /**
   * Takes a message. May block: then nothing more is read from that sender, and TCP slows it down.
   */
  void received(NodeId from, Message message) throws InterruptedException;
}
