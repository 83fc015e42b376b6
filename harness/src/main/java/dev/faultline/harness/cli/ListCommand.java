package dev.faultline.harness.cli;

import dev.faultline.checkers.linearizability.Models;
import dev.faultline.harness.run.Checkers;
import dev.faultline.harness.system.SystemUnderTest;
import dev.faultline.harness.system.Systems;
import dev.faultline.nemeses.fault.FaultKind;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code faultline list}: says what there is to choose from. */
@Command(name = "list", description = "List what there is to choose from.")
final class ListCommand implements Callable<Integer> {

  /** What can be listed. */
  enum What {
    workloads,
    faults,
    checkers,
    models,
    systems,
    deviations
  }

  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "WHAT",
      description = "workloads, faults, checkers, models, systems or deviations")
  What what = What.workloads;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, String> rows = rows();
    int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
    rows.forEach(
        (name, text) -> out.println(name + " ".repeat(width - name.length()) + "  " + text));
    out.flush();
    return 0;
  }

  private Map<String, String> rows() {
    Map<String, String> rows = new LinkedHashMap<>();
    switch (what) {
      case workloads -> {
        rows.put("register", "read, write and compare-and-set of single keys; linearizable");
        rows.put("append", "transactions that append to lists and read them; strict serializable");
        rows.put("append-serializable-reads", "the same with reads that one node may answer alone");
        rows.put("wr", "transactions that write registers and read them; strict serializable");
        rows.put("wr-serializable-reads", "the same with reads that one node may answer alone");
      }
      case faults -> {
        for (FaultKind kind : FaultKind.values()) {
          rows.put(kind.word(), kind.description());
          kind.variants().forEach(variant -> rows.put(kind.word() + ":" + variant, ""));
        }
      }
      case checkers -> rows.putAll(new Checkers().descriptions());
      case models -> rows.putAll(Models.descriptions());
      case systems ->
          new Systems().all().forEach(system -> rows.put(system.name(), system.description()));
      case deviations -> {
        for (SystemUnderTest system : new Systems().all()) {
          system.deviations().forEach(known -> rows.put(known.name(), known.summary()));
        }
      }
    }
    return rows;
  }
}
