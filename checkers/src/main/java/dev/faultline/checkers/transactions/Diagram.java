package dev.faultline.checkers.transactions;

import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The picture of one cycle: a whole SVG document, drawn without external tools.
 *
 * <p>Pictures travel in the details of a result, so that a stored result has them too.
 *
 * @param name a name for a file, without its extension: the anomaly and a number, {@code
 *     G-single-item-1}
 * @param claim the claim of the {@link dev.faultline.checkers.Finding} that it belongs to
 * @param svg the document
 */
public record Diagram(String name, String claim, String svg) {

  /** Returns the pictures in {@code result}, those of violations first; none if it has no cycle. */
  public static List<Diagram> of(CheckResult result) {
    return of(result.details());
  }

  /** Returns the pictures in the details of a result, as they are stored. */
  public static List<Diagram> of(Json.Obj details) {
    List<Diagram> diagrams = new ArrayList<>();
    for (String anomalies : List.of(TransactionReport.BROKEN, TransactionReport.ALLOWED)) {
      if (details.members().get(anomalies) instanceof Json.Obj(Map<String, Json> kinds)) {
        kinds.forEach((anomaly, found) -> add(anomaly, found, diagrams));
      }
    }
    return List.copyOf(diagrams);
  }

  private static void add(String anomaly, Json found, List<Diagram> diagrams) {
    if (found instanceof Json.Obj(Map<String, Json> members)
        && members.get("examples") instanceof Json.Array(List<Json> examples)) {
      int number = 0;
      for (Json example : examples) {
        if (example instanceof Json.Obj(Map<String, Json> parts)
            && parts.get("svg") instanceof Json.Text(String svg)
            && parts.get("claim") instanceof Json.Text(String claim)) {
          diagrams.add(new Diagram(anomaly + "-" + ++number, claim, svg));
        }
      }
    }
  }
}
