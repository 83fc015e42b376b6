package dev.faultline.harness.system;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** How a node whose protocol is not known shows that it is there. */
sealed interface LifeSign {

  /** The word that stands for {@link Tcp}. */
  String TCP = "tcp";

  /** Asks whether a node is fit to serve. */
  CompletionStage<Void> check(
      InetSocketAddress client, Optional<InetSocketAddress> metrics, Duration timeout);

  /** Asks a peer port, perhaps through a link proxy; see {@link SystemUnderTest#probePeer}. */
  CompletionStage<Long> probe(InetSocketAddress peer, int payloadBytes, Duration timeout);

  /** A connection that is accepted; of a peer, who may be behind a proxy, an answer over it. */
  record Tcp() implements LifeSign {

    @Override
    public CompletionStage<Void> check(
        InetSocketAddress client, Optional<InetSocketAddress> metrics, Duration timeout) {
      return TcpProbe.connect(client, timeout).thenAccept(_ -> {});
    }

    @Override
    public CompletionStage<Long> probe(InetSocketAddress peer, int payloadBytes, Duration timeout) {
      return TcpProbe.probe(peer, payloadBytes, timeout);
    }
  }

  /**
   * An answer over HTTP: a success where health is asked, any answer where a link is probed.
   *
   * @param path what is asked for: of the metrics port where there is one, else of the client port
   */
  record Http(String path) implements LifeSign {

    @Override
    public CompletionStage<Void> check(
        InetSocketAddress client, Optional<InetSocketAddress> metrics, Duration timeout) {
      return new HttpProbe(path).requireSuccess(metrics.orElse(client), timeout);
    }

    @Override
    public CompletionStage<Long> probe(InetSocketAddress peer, int payloadBytes, Duration timeout) {
      return new HttpProbe(path).probe(peer, payloadBytes, timeout);
    }
  }
}
