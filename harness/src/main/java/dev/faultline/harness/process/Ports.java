package dev.faultline.harness.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Hands out TCP ports on the loopback address that nobody listens on.
 *
 * <p>They lie below the range that operating systems take ephemeral ports from (Linux: 32768 and
 * up; macOS: 49152 and up), so that no outgoing connection takes one between a node's kill and its
 * restart. Another process may still be quicker: whoever starts a server on such a port has to be
 * ready to ask for another. Not thread-safe.
 */
public final class Ports {

  private static final int FIRST = 10_000;
  private static final int LAST = 32_000;
  private static final int MOST_TRIES = 2_000;

  private final RandomGenerator random;
  private final Set<Integer> handedOut = new HashSet<>();

  /** Makes a source that draws from {@code random}, which should differ from run to run. */
  public Ports(RandomGenerator random) {
    this.random = random;
  }

  /** Returns a free port that was not handed out before. */
  public int next() throws IOException {
    for (int i = 0; i < MOST_TRIES; i++) {
      int port = random.nextInt(FIRST, LAST);
      if (!handedOut.contains(port) && isFree(port)) {
        handedOut.add(port);
        return port;
      }
    }
    throw new IOException(
        "no free TCP port between "
            + FIRST
            + " and "
            + LAST
            + " on 127.0.0.1 in "
            + MOST_TRIES
            + " tries; end what listens there");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
