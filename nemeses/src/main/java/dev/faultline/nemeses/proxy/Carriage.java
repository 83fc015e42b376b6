package dev.faultline.nemeses.proxy;

/**
 * On which connections the messages of a directed link travel.
 *
 * <p>A proxy stands between the node that dials and the one that accepts. Which bytes are the
 * messages of a link depends on the system.
 */
public enum Carriage {
  /**
   * Messages from n1 to n2 travel only on connections that n1 dialled, and what comes back on them
   * carries no message. The link n1->n2 is the upstream of the proxy n1-to-n2.
   */
  SENDER_DIALS,
  /**
   * Messages from n1 to n2 travel on connections of either dialler. The link n1->n2 is the upstream
   * of the proxy n1-to-n2 <em>and</em> the downstream of the proxy n2-to-n1. So it is in etcd,
   * whose nodes send most messages in the body of the response to a request that the receiver made.
   */
  EITHER_DIALS
}
