package dev.faultline.workloads.client;

import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Opens clients of one system under test. Safe for use by several threads. */
public interface ClientFactory extends AutoCloseable {

  /** Returns the operations that the system supports. */
  Set<Class<? extends Operation>> supports();

  /**
   * Opens a client that speaks to {@code node} only, over a connection of its own. Does not block:
   * a node that cannot be reached makes the client's operations fail, not this call.
   */
  CompletionStage<Client> open(String node);

  /** Closes everything that clients of this factory share. */
  @Override
  void close();
}
