package dev.faultline.harness.nemesis;

import java.util.List;

/**
 * What is to be said of a fault at a moment; the value of a nemesis event in the history.
 *
 * @param id the step of the plan
 * @param fault the fault's name, such as {@code partition:isolate-leader}
 * @param targets the nodes that it is about, the leader found among them; empty if never resolved
 * @param effect what is known of its effect
 * @param detail why, or what was seen, in words
 */
public record FaultRecord(
    String id, String fault, List<String> targets, Effect effect, String detail) {

  public FaultRecord {
    targets = List.copyOf(targets);
  }
}
