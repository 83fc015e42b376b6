package dev.faultline.raft.server;

import java.net.InetSocketAddress;

/**
 * An address as people write it: {@code host:port}, {@code [ipv6]:port}, with or without {@code
 * http://} in front, as etcd's options have it.
 *
 * @param port 0 to 65535; 0 takes a free one
 */
record HostPort(String host, int port) {

  private static final int MAX_PORT = 65_535;
  private static final String SCHEME = "http://";

  static HostPort parse(String text) {
    String address = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text;
    int colon = address.lastIndexOf(':');
    String host = colon < 0 ? "" : address.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw invalid(text);
    }
    try {
      int port = Integer.parseInt(address.substring(colon + 1));
      if (!host.isEmpty() && port >= 0 && port <= MAX_PORT) {
        return new HostPort(host, port);
      }
    } catch (NumberFormatException e) {
      // Said below, in the same words as what else may be wrong.
    }
    throw invalid(text);
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException("'" + text + "' is not an address of the form host:port");
  }

  InetSocketAddress toSocketAddress() {
    return new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
