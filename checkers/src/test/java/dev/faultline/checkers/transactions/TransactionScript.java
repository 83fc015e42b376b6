package dev.faultline.checkers.transactions;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.history.HistoryReader;
import dev.faultline.checkers.transactions.models.ConsistencyModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A history as one writes it on a blackboard, an event a line.
 *
 * <p>{@code 0+ [append x 1]} is an invocation by process 0; {@code 0 ok [r x [1 2]] @5} its
 * completion, with the mod revision of each micro-operation behind the at sign. A completion that
 * nothing was invoked for was invoked just before.
 */
final class TransactionScript {

  private final StringBuilder ndjson = new StringBuilder();
  private final Set<String> open = new HashSet<>();

  /** Checks lists for {@code model}. */
  static CheckResult lists(ConsistencyModel model, String... lines) {
    return check(Workload.APPEND, TransactionOptions.of(model), lines);
  }

  /** Checks registers for {@code model}. */
  static CheckResult registers(ConsistencyModel model, String... lines) {
    return check(Workload.WR, TransactionOptions.of(model), lines);
  }

  /** Checks {@code lines}, read as a file and as a history; both must say the same. */
  static CheckResult check(Workload workload, TransactionOptions options, String... lines) {
    TransactionScript script = new TransactionScript();
    for (String line : lines) {
      script.line(line);
    }
    TransactionChecker checker = new TransactionChecker(workload, options);
    try {
      Path file = Files.createTempFile("script", ".ndjson");
      try {
        Files.writeString(file, script.ndjson);
        CheckResult fast = checker.check(file, Budget.standard());
        CheckResult slow =
            checker.check(new Recording(HistoryReader.read(file), null), Budget.standard());
        boolean same = fast.verdict().word().equals(slow.verdict().word());
        if (!same || !fast.findings().equals(slow.findings())) {
          throw new AssertionError(fast.summary() + ", but of the history: " + slow.summary());
        }
        return fast;
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void line(String line) {
    int end = line.indexOf('[');
    String head = line.substring(0, end).strip();
    String[] operations = line.substring(end).split("@", 2);
    String meta =
        operations.length < 2 ? "" : ",\"meta\":{\"modRevision\":[" + operations[1] + "]}";
    if (head.endsWith("+")) {
      event(head.substring(0, head.length() - 1), "invoke", operations[0], "");
      return;
    }
    String[] words = head.split(" ", 2);
    if (!open.contains(words[0])) {
      event(words[0], "invoke", operations[0], "");
    }
    event(words[0], words[1], operations[0], meta);
  }

  private void event(String process, String type, String operations, String meta) {
    boolean isInvocation = type.equals("invoke");
    if (isInvocation) {
      open.add(process);
    } else {
      open.remove(process);
    }
    ndjson
        .append("{\"process\":" + process + ",\"type\":\"" + type + "\",\"f\":\"txn\",\"value\":[")
        .append(
            Stream.of(operations.strip().split("(?<=\\]) (?=\\[\\w)"))
                .map(each -> operation(each, isInvocation))
                .collect(Collectors.joining(",")))
        .append(']')
        .append(meta)
        .append("}\n");
  }

  private static String operation(String text, boolean isInvocation) {
    List<String> parts = List.of(text.substring(1, text.length() - 1).split(" ", 3));
    boolean isRead = parts.getFirst().equals("r");
    String value =
        parts.get(2).equals("nil") || (isRead && isInvocation)
            ? "null"
            : parts.get(2).replace(' ', ',');
    return "[\"" + parts.getFirst() + "\",\"" + parts.get(1) + "\"," + value + "]";
  }
}
