package dev.faultline.raft.etcd;

import dev.faultline.raft.kv.KvSnapshot;
import dev.faultline.raft.kv.KvTransaction;
import dev.faultline.raft.node.StateMachine;

/**
 * The store as a replicated state machine. One thread applies; any thread may read {@link
 * #snapshot}, which never shows a command half applied.
 */
public final class KvStateMachine implements StateMachine<CommandResult> {

  private volatile KvSnapshot snapshot = KvSnapshot.EMPTY;

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the command is of no kind that this server knows. Going on
   *     would let the nodes' states part, so this has to be fatal.
   */
  @Override
  public CommandResult apply(long index, long term, byte[] command) {
    KvTransaction transaction = snapshot.begin();
    CommandResult result = carryOut(command, transaction);
    snapshot = transaction.end();
    return result;
  }

  @Override
  public void skip(long index, long term) {}

  @Override
  public CommandResult preview(byte[] command) {
    return carryOut(command, snapshot.begin());
  }

  /** Returns the store as of the last command that was applied. */
  public KvSnapshot snapshot() {
    return snapshot;
  }

  private static CommandResult carryOut(byte[] command, KvTransaction transaction) {
    Executor executor = new Executor(transaction);
    try {
      return switch (Command.decode(command)) {
        case Command.Put(var request) -> new CommandResult.Put(executor.put(request));
        case Command.DeleteRange(var request) ->
            new CommandResult.DeleteRange(executor.deleteRange(request));
        case Command.Txn(var request) -> new CommandResult.Txn(executor.txn(request));
      };
    } catch (EtcdException refused) {
      return new CommandResult.Refused(refused.error());
    }
  }
}
