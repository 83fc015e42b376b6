package dev.faultline.raft.transport;

import java.io.IOException;

/** The other side of a connection does not speak this protocol, or not to this node. */
final class ProtocolException extends IOException {

  private static final long serialVersionUID = 1L;

  ProtocolException(String message) {
    super(message);
  }
}
