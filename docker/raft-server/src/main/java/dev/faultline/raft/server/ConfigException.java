package dev.faultline.raft.server;

/** The arguments or the configuration file make no sense; the message says which and why. */
final class ConfigException extends Exception {

  private static final long serialVersionUID = 1L;

  ConfigException(String message) {
    super(message);
  }
}
