package dev.faultline.results.compare;

import dev.faultline.checkers.CheckResult;
import dev.faultline.results.RunSummary;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One run of a comparison: of one system, in one round, in which all systems get the same plan. */
public sealed interface ComparedRun {

  /** Returns the system, by the name under which it is compared. */
  String system();

  /** Returns the round, from 1. */
  int round();

  /**
   * Returns what the system ran with, by name, in the words in which it is shown: {@code heartbeat}
   * → {@code 100 ms}. Settings of the same name are compared as text.
   */
  Map<String, String> settings();

  /**
   * A run that was carried out and judged.
   *
   * @param system the system, by the name under which it is compared
   * @param round the round, from 1
   * @param directory where the run is kept
   * @param summary what {@code run.json} says of it
   * @param checks what each checker found
   * @param figures what its history tells
   * @param metrics what its nodes told
   * @param settings what the system ran with
   */
  record Judged(
      String system,
      int round,
      Path directory,
      RunSummary summary,
      List<CheckResult> checks,
      RunFigures figures,
      ServerMetrics metrics,
      Map<String, String> settings)
      implements ComparedRun {

    public Judged {
      checks = List.copyOf(checks);
      settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
  }

  /**
   * A run that could not be carried out.
   *
   * @param system the system, by the name under which it is compared
   * @param round the round, from 1
   * @param reason why not, as a clause
   * @param settings what the system should have run with
   */
  record NotStarted(String system, int round, String reason, Map<String, String> settings)
      implements ComparedRun {

    public NotStarted {
      settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
  }
}
