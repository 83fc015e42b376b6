package dev.faultline.results;

import dev.faultline.checkers.Finding;
import dev.faultline.checkers.faults.FaultWindow;
import dev.faultline.checkers.faults.FaultWindows;
import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.OperationError;
import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The operations that prove a finding, one line each, in columns, with the faults that were active
 * then on the node that each spoke to.
 */
public final class Evidence {

  /** More operations than this do not help on a screen; the results file has them all. */
  private static final int MAX_OPERATIONS = 9;

  /** How long a value may be before it is cut. */
  private static final int MAX_VALUE = 36;

  private static final Set<FaultWindow.Effect> WITHOUT_EFFECT =
      EnumSet.of(FaultWindow.Effect.SKIPPED, FaultWindow.Effect.INEFFECTIVE);

  private final History history;
  private final boolean timed;
  private final List<FaultWindow> faults;

  /** Prepares the evidence in {@code history}. */
  public Evidence(History history) {
    this.history = history;
    this.timed = history.hasTimes(); // Otherwise places in the history have to do.
    this.faults =
        FaultWindows.of(history).windows().stream()
            .filter(fault -> !WITHOUT_EFFECT.contains(fault.effect()))
            .toList();
  }

  /** Returns how many operations {@code finding} needs. */
  public int operations(Finding finding) {
    return invocations(finding).size();
  }

  /** Returns the lines that show {@code finding}; none if it is about no operations. */
  public List<String> lines(Finding finding) {
    List<Integer> shown = invocations(finding).stream().limit(MAX_OPERATIONS).toList();
    List<String> aligned = Columns.align(shown.stream().map(this::row).toList());
    List<String> lines = new ArrayList<>();
    Set<FaultWindow> told = new LinkedHashSet<>();
    Set<FaultWindow> others = new LinkedHashSet<>();
    for (int i = 0; i < shown.size(); i++) {
      String node = history.node(shown.get(i));
      List<FaultWindow> here = new ArrayList<>();
      for (FaultWindow fault : active(shown.get(i))) {
        (strikes(fault, node) ? here : others).add(fault);
      }
      lines.addAll(ScreenText.withRemark(aligned.get(i), describe(here)));
      told.addAll(here);
    }
    others.removeAll(told);
    int left = operations(finding) - shown.size();
    if (left > 0) {
      lines.add("  … and " + Figures.count(left, "operation") + " more, in results.json");
    }
    if (!others.isEmpty()) {
      lines.addAll(ScreenText.wrap("  active elsewhere then: ", describe(others)));
    }
    return lines;
  }

  private static String describe(Collection<FaultWindow> faults) {
    return faults.stream().map(Evidence::describe).collect(Collectors.joining("; "));
  }

  private List<FaultWindow> active(int invocation) {
    int completion = history.counterpart(invocation);
    long from = history.timeNanos(invocation);
    // What is indeterminate may have happened any time later; what was known then is shown.
    long to = completion < 0 ? from : history.timeNanos(completion);
    return faults.stream().filter(fault -> overlaps(fault, from, to)).toList();
  }

  private static boolean overlaps(FaultWindow fault, long fromNanos, long toNanos) {
    return fault.startNanos() <= toNanos && (!fault.isStopped() || fromNanos <= fault.stopNanos());
  }

  /** Tells whether {@code fault} struck {@code node}, or a link {@code n1->n2} to or from it. */
  private static boolean strikes(FaultWindow fault, @Nullable String node) {
    return node != null
        && fault.targets().stream()
            .anyMatch(target ->
                target.equals(node)
                    || target.startsWith(node + "->")
                    || target.endsWith("->" + node));
  }

  /**
   * Returns what was done and since when: {@code isolate n4 (leader) from 11.9 s}. The words of the
   * nemesis are taken as they are; without any, kind and targets have to do.
   */
  private static String describe(FaultWindow fault) {
    String what =
        fault.detail().isEmpty()
            ? (fault.fault() + " " + String.join(", ", fault.targets())).strip()
            : fault.detail();
    return String.format(Locale.ROOT, "%s from %.1f s", what, fault.startNanos() / 1e9);
  }

  private Set<Integer> invocations(Finding finding) {
    Set<Integer> invocations = new LinkedHashSet<>();
    for (int place : finding.events()) {
      int index = history.indexOf(place);
      if (index < 0 || history.process(index) < 0) {
        continue;
      }
      boolean invoked = history.type(index) == EventType.INVOKE;
      int counterpart = history.counterpart(index);
      invocations.add(invoked || counterpart < 0 ? index : counterpart);
    }
    return invocations;
  }

  private List<String> row(int invocation) {
    int completion = history.counterpart(invocation);
    EventType type = completion < 0 ? EventType.INFO : history.type(completion);
    boolean known = type == EventType.OK || type == EventType.FAIL;
    String node = history.node(invocation);
    return List.of(
        "#" + history.place(invocation),
        timed ? Figures.moment(history.timeNanos(invocation)) : "",
        "–",
        known ? end(completion) : "?",
        "process " + history.process(invocation),
        node == null ? "" : node,
        history.f(invocation),
        value(invocation, completion, type),
        type.word() + remark(completion));
  }

  private String end(int completion) {
    return timed
        ? Figures.moment(history.timeNanos(completion)) + " s"
        : "#" + history.place(completion);
  }

  private String value(int invocation, int completion, EventType type) {
    // What a read saw stands in its completion; of other operations the argument is what matters.
    boolean observed = type == EventType.OK && history.value(invocation) instanceof Json.Null;
    Json value = history.value(observed ? completion : invocation);
    if (value instanceof Json.Null && !observed) {
      return "";
    }
    if (history.f(invocation).equals("cas")
        && value instanceof Json.Array(List<Json> pair)
        && pair.size() == 2) {
      return show(pair.getFirst()) + " → " + show(pair.getLast());
    }
    return show(value);
  }

  private String remark(int completion) {
    OperationError error = completion < 0 ? null : history.error(completion);
    if (completion < 0) {
      return " (no answer)";
    }
    return error == null ? "" : " (" + error.code() + ")";
  }

  private static String show(Json value) {
    String text = JsonWriter.toString(value);
    return text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE - 1) + "…";
  }
}
