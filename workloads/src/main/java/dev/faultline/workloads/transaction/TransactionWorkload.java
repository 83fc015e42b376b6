package dev.faultline.workloads.transaction;

import dev.faultline.checkers.json.Json;
import dev.faultline.workloads.Workload;
import dev.faultline.workloads.client.MicroOperation;
import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.generator.Generator;
import dev.faultline.workloads.generator.Generators;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Transactions over lists or registers; see the package's description. */
public final class TransactionWorkload implements Workload {

  private static final String SERIALIZABLE_READS = "-serializable-reads";
  private static final int FINAL_TRIES = 5;
  private static final int KEYS_IN_FINAL_READ = 16;
  private static final Duration FINAL_PAUSE = Duration.ofMillis(200);
  private static final Duration FINAL_LIMIT = Duration.ofSeconds(30);

  private final TransactionKind kind;
  private final TransactionOptions options;

  /** Makes a workload of {@code kind} with {@code options}. */
  public TransactionWorkload(TransactionKind kind, TransactionOptions options) {
    this.kind = kind;
    this.options = options;
  }

  /** Returns the names of all workloads of this kind. */
  public static List<String> names() {
    List<String> names = new ArrayList<>();
    for (TransactionKind kind : TransactionKind.values()) {
      names.add(kind.word());
      names.add(kind.word() + SERIALIZABLE_READS);
    }
    return List.copyOf(names);
  }

  /** Returns the workload called {@code name}, if it is one of {@link #names}. */
  public static Optional<Workload> named(String name, TransactionOptions options) {
    for (TransactionKind kind : TransactionKind.values()) {
      if (name.equals(kind.word())) {
        return Optional.of(new TransactionWorkload(kind, options));
      }
      if (name.equals(kind.word() + SERIALIZABLE_READS)) {
        return Optional.of(new TransactionWorkload(kind, options.withSerializableReads()));
      }
    }
    return Optional.empty();
  }

  @Override
  public String name() {
    return kind.word() + (options.serializableReads() ? SERIALIZABLE_READS : "");
  }

  @Override
  public Json.Obj options() {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("keys", Json.of(options.keys()));
    members.put("writesPerKey", Json.of(options.writesPerKey()));
    members.put("longest", Json.of(options.longest()));
    members.put("serializableReads", Json.of(options.serializableReads()));
    return new Json.Obj(members);
  }

  @Override
  public Set<Class<? extends Operation>> needs() {
    return Set.of(Operation.Transaction.class);
  }

  /** Returns the checker's name for such transactions, {@code append} or {@code wr}. */
  @Override
  public String model() {
    return kind.word();
  }

  @Override
  public Generator mainPhase(List<String> nodes, int concurrency) {
    return TransactionGenerator.of(kind, options);
  }

  /** Every key is read through every node that has a thread, again after a failure. */
  @Override
  public Generator finalPhase(List<String> nodes, Collection<String> keys) {
    List<Operation> reads = new ArrayList<>();
    List<MicroOperation> batch = new ArrayList<>();
    for (String key : keys) {
      batch.add(kind.read(key));
      if (batch.size() == KEYS_IN_FINAL_READ) {
        reads.add(new Operation.Transaction(batch, options.serializableReads()));
        batch.clear();
      }
    }
    if (!batch.isEmpty()) {
      reads.add(new Operation.Transaction(batch, options.serializableReads()));
    }
    Generator[] perNode = new Generator[nodes.size()];
    for (int i = 0; i < perNode.length; i++) {
      int node = i;
      perNode[i] =
          Generators.of(reads)
              .untilOk(FINAL_TRIES, FINAL_PAUSE)
              .onThreads(thread -> thread % perNode.length == node);
    }
    return Generators.any(perNode).timeLimit(FINAL_LIMIT);
  }
}
