package dev.faultline.workloads.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.workloads.client.MicroOperation;
import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.generator.Context;
import dev.faultline.workloads.generator.Generator;
import dev.faultline.workloads.generator.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TransactionWorkloadTest {

  private static final List<String> NODES = List.of("n1", "n2", "n3");

  private static List<Operation.Transaction> draw(TransactionOptions options, int count) {
    Generator generator =
        new TransactionWorkload(TransactionKind.APPEND, options).mainPhase(NODES, 4);
    Context context = Contexts.idle(4, new SplittableRandom(5));
    List<Operation.Transaction> drawn = new ArrayList<>();
    while (drawn.size() < count) {
      Step.Emit emit = (Step.Emit) generator.next(context);
      drawn.add((Operation.Transaction) emit.invocation().operation());
      generator = emit.rest();
    }
    return drawn;
  }

  @Test
  void writesAreUniqueAndKeysLeaveTheWindowWhenFull() {
    List<Operation.Transaction> drawn = draw(TransactionOptions.of(3, 8), 1000);
    Set<MicroOperation> writes = new HashSet<>();
    Set<String> keys = new HashSet<>();
    for (Operation.Transaction each : drawn) {
      assertThat(each.operations()).hasSizeBetween(1, 4);
      keys.addAll(each.keys());
      for (MicroOperation operation : each.operations()) {
        if (operation instanceof MicroOperation.Append append) {
          assertThat(writes.add(append)).as("%s again", append).isTrue();
          assertThat(append.element()).isBetween(1L, 8L);
        }
      }
    }
    assertThat(keys).hasSizeGreaterThan(writes.size() / 8);
    assertThat(keys).hasSizeLessThanOrEqualTo(writes.size() / 8 + 3);
  }

  @Test
  void aStepNotTakenUsesUpNothing() {
    Generator generator =
        new TransactionWorkload(TransactionKind.WR, TransactionOptions.of(2, 4))
            .mainPhase(NODES, 2);
    Step first = generator.next(Contexts.idle(2, new SplittableRandom(1)));
    Step second = generator.next(Contexts.idle(2, new SplittableRandom(1)));
    assertThat(((Step.Emit) second).invocation()).isEqualTo(((Step.Emit) first).invocation());
  }

  @Test
  void namesTellWhetherReadsMayBeStale() {
    TransactionOptions options = TransactionOptions.of(2, 4);
    for (String name : TransactionWorkload.names()) {
      assertThat(TransactionWorkload.named(name, options).orElseThrow().name()).isEqualTo(name);
    }
    assertThat(TransactionWorkload.named("register", options)).isEmpty();
    assertThat(draw(options.withSerializableReads(), 5))
        .allMatch(Operation.Transaction::serializableReads);
  }
}
