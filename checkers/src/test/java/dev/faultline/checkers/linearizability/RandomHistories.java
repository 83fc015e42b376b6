package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.Script;
import dev.faultline.checkers.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes random histories of one register: each operation takes effect at a random moment of its
 * interval, so that they are linearizable by construction, and then, with some probability, an
 * answer is replaced by a random one, so that many are not.
 */
final class RandomHistories {

  private static final int NOT_WRITTEN = -1;

  private final Random random;
  private final int processes;
  private final int values;
  private final double lies;
  private final boolean refusals;
  private final double infos;

  private static final class Pending {
    final int process;
    final String f;
    final int expected;
    final int written;
    boolean applied;
    boolean refused;
    int seen = NOT_WRITTEN;

    Pending(int process, String f, int expected, int written) {
      this.process = process;
      this.f = f;
      this.expected = expected;
      this.written = written;
    }
  }

  /**
   * Creates a source.
   *
   * @param lies how probable it is that an answer is random
   * @param infos how probable it is that an operation gets no answer
   * @param refusals whether a compare-and-set that failed is told to be an observation
   */
  RandomHistories(
      Random random, int processes, int values, double lies, double infos, boolean refusals) {
    this.random = random;
    this.processes = processes;
    this.values = values;
    this.lies = lies;
    this.infos = infos;
    this.refusals = refusals;
  }

  History next(int operations) {
    Script script = new Script();
    List<Pending> pending = new ArrayList<>();
    List<Pending> lost = new ArrayList<>();
    int[] processOf = new int[processes];
    for (int i = 0; i < processes; i++) {
      processOf[i] = i;
    }
    boolean[] busy = new boolean[processes];
    int state = NOT_WRITTEN;
    int invoked = 0;
    while (invoked < operations || !pending.isEmpty()) {
      int thread = random.nextInt(processes);
      if (!busy[thread]) {
        if (invoked < operations) {
          Pending operation = operation(processOf[thread]);
          script.invoke(operation.process, operation.f, argument(operation));
          pending.add(operation);
          busy[thread] = true;
          invoked++;
        }
        continue;
      }
      int process = processOf[thread];
      Pending operation =
          pending.stream().filter(p -> p.process == process).findFirst().orElseThrow();
      if (!operation.applied && random.nextBoolean()) {
        state = apply(operation, state);
      } else if (random.nextDouble() < infos) {
        script.info(operation.process);
        pending.remove(operation);
        lost.add(operation);
        busy[thread] = false;
        processOf[thread] += processes;
      } else if (operation.applied) {
        answer(script, operation);
        pending.remove(operation);
        busy[thread] = false;
      }
      if (!lost.isEmpty() && random.nextInt(4) == 0) {
        Pending late = lost.remove(random.nextInt(lost.size()));
        if (!late.applied) {
          state = apply(late, state);
        }
      }
    }
    return script.history();
  }

  private Pending operation(int process) {
    return switch (random.nextInt(3)) {
      case 0 -> new Pending(process, "read", 0, 0);
      case 1 -> new Pending(process, "write", 0, random.nextInt(values));
      default -> new Pending(process, "cas", random.nextInt(values), random.nextInt(values));
    };
  }

  private static String argument(Pending operation) {
    return switch (operation.f) {
      case "read" -> "null";
      case "write" -> Integer.toString(operation.written);
      default -> "[" + operation.expected + "," + operation.written + "]";
    };
  }

  private static int apply(Pending operation, int state) {
    operation.applied = true;
    operation.seen = state;
    if (operation.f.equals("read")) {
      return state;
    }
    if (operation.f.equals("cas") && operation.expected != state) {
      operation.refused = true;
      return state;
    }
    return operation.written;
  }

  private void answer(Script script, Pending operation) {
    boolean lie = random.nextDouble() < lies;
    switch (operation.f) {
      case "read" -> {
        int seen = lie ? random.nextInt(values + 1) - 1 : operation.seen;
        script.ok(operation.process, seen == NOT_WRITTEN ? "null" : Integer.toString(seen));
      }
      case "write" -> {
        if (lie && random.nextBoolean()) {
          script.fail(operation.process, "unavailable");
        } else {
          script.ok(operation.process);
        }
      }
      default -> {
        if (operation.refused == lie) {
          script.ok(operation.process);
        } else {
          script.fail(operation.process, refusals ? "compare-failed" : "aborted");
        }
      }
    }
  }
}
