package dev.faultline.nemeses.proxy;

/**
 * Where a SOCKS client wants to go, as it said it.
 *
 * @param host a name, which need not exist, or the text form of an address; an IPv6 address has no
 *     brackets
 * @param port the port
 */
public record Destination(String host, int port) {

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
