package dev.faultline.workloads.register;

import dev.faultline.checkers.json.Json;
import dev.faultline.workloads.Workload;
import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.generator.Generator;
import dev.faultline.workloads.generator.Generators;
import dev.faultline.workloads.register.RegisterOptions.Values;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads, writes and compare-and-sets of single keys; see the package's description. */
public final class RegisterWorkload implements Workload {

  private static final int FINAL_TRIES = 5;
  private static final Duration FINAL_PAUSE = Duration.ofMillis(200);
  private static final Duration FINAL_LIMIT = Duration.ofSeconds(30);

  private final RegisterOptions options;

  /** Makes a workload with {@code options}. */
  public RegisterWorkload(RegisterOptions options) {
    this.options = options;
  }

  @Override
  public String name() {
    return "register";
  }

  @Override
  public Json.Obj options() {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("keys", Json.of(options.keys()));
    members.put("operationsPerKey", Json.of(options.operationsPerKey()));
    members.put("values", Json.of(options.values().name().toLowerCase(Locale.ROOT)));
    members.put("readerShare", new Json.Real(options.readerShare()));
    members.put("readWeight", Json.of(options.readWeight()));
    members.put("writeWeight", Json.of(options.writeWeight()));
    members.put("casWeight", Json.of(options.casWeight()));
    return new Json.Obj(members);
  }

  @Override
  public Set<Class<? extends Operation>> needs() {
    return options.casWeight() == 0
        ? Set.of(Operation.Read.class, Operation.Write.class)
        : Set.of(Operation.Read.class, Operation.Write.class, Operation.CompareAndSet.class);
  }

  @Override
  public String model() {
    return "cas-register";
  }

  @Override
  public Generator mainPhase(List<String> nodes, int concurrency) {
    if (options.keys() > concurrency) {
      throw new IllegalArgumentException(
          options.keys()
              + " keys at once need as many threads, and the concurrency is "
              + concurrency
              + "; lower the one or raise the other");
    }
    // Groups differ by one thread at most; the smaller size decides, so that every group writes.
    int threadsPerKey = concurrency / options.keys();
    int readers = Math.min((int) (threadsPerKey * options.readerShare()), threadsPerKey - 1);
    Generator perKey =
        Generators.perKey(
            options.keys(),
            (number, random) -> {
              // Jittered, so that the keys of all groups do not end at the same moment.
              long least = options.operationsPerKey() * 9L / 10;
              long count = random.nextLong(Math.max(1, least), options.operationsPerKey() + 1L);
              String key = "k" + number;
              return Generators.reserve(readers, Generators.draw(_ -> new Operation.Read(key)))
                  .rest(new KeyWriters(key, options))
                  .limit(count);
            });
    return options.values() == Values.UNIQUE ? new UniqueValues(perKey, 1) : perKey;
  }

  /** Every key is read through every node that has a thread, again after a failure. */
  @Override
  public Generator finalPhase(List<String> nodes, Collection<String> keys) {
    List<Operation.Read> reads = keys.stream().map(Operation.Read::new).toList();
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
