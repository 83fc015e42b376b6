package dev.faultline.harness.run;

import dev.faultline.checkers.json.Json;
import dev.faultline.harness.interpreter.Recorder;
import dev.faultline.harness.loop.Scheduler;
import dev.faultline.harness.nemesis.FaultLog;
import dev.faultline.harness.nemesis.FaultRecord;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Takes down in the history what the nemesis does, and tells people of it. Used on the loop only.
 */
final class FaultTeller implements FaultLog {

  private final Scheduler scheduler;
  private final Recorder recorder;
  private final Consumer<String> people;
  private final Consumer<String> onNodeExited;
  private final Map<String, String> active = new LinkedHashMap<>();

  /**
   * Makes one.
   *
   * @param people is told in words
   * @param onNodeExited is told of nodes that the nemesis found to have ended by themselves
   */
  FaultTeller(
      Scheduler scheduler,
      Recorder recorder,
      Consumer<String> people,
      Consumer<String> onNodeExited) {
    this.scheduler = scheduler;
    this.recorder = recorder;
    this.people = people;
    this.onNodeExited = onNodeExited;
  }

  /** Returns the faults that are active, for people. */
  String active() {
    return String.join(", ", active.values());
  }

  @Override
  public void started(FaultRecord fault) {
    active.put(fault.id(), words(fault));
    record("start", fault);
    people.accept(words(fault) + " begins");
  }

  @Override
  public void stopped(FaultRecord fault) {
    active.remove(fault.id());
    record("stop", fault);
    people.accept(words(fault) + " ends: " + word(fault) + reason(fault));
  }

  @Override
  public void nodeExited(String node) {
    onNodeExited.accept(node);
  }

  @Override
  public void trouble(String what) {
    people.accept("trouble: " + what);
  }

  private void record(String f, FaultRecord fault) {
    Map<String, Json> value = new LinkedHashMap<>();
    value.put("id", Json.of(fault.id()));
    value.put("fault", Json.of(kind(fault)));
    value.put("targets", new Json.Array(fault.targets().stream().map(Json::of).toList()));
    value.put("effect", Json.of(word(fault)));
    value.put("detail", Json.of(variant(fault)));
    if (!fault.detail().isEmpty()) {
      value.put("seen", Json.of(fault.detail()));
    }
    recorder.record(NemesisEvents.event(scheduler.nowNanos(), f, new Json.Obj(value)));
  }

  private static String words(FaultRecord fault) {
    return fault.targets().isEmpty()
        ? fault.fault()
        : fault.fault() + " " + String.join(",", fault.targets());
  }

  private static String reason(FaultRecord fault) {
    return fault.detail().isEmpty() ? "" : " (" + fault.detail() + ")";
  }

  private static String word(FaultRecord fault) {
    return fault.effect().name().toLowerCase(Locale.ROOT);
  }

  /** The name of a fault is its kind, and after a colon its variant. */
  private static String kind(FaultRecord fault) {
    int colon = fault.fault().indexOf(':');
    return colon < 0 ? fault.fault() : fault.fault().substring(0, colon);
  }

  private static String variant(FaultRecord fault) {
    int colon = fault.fault().indexOf(':');
    String variant = colon < 0 ? "" : fault.fault().substring(colon + 1);
    return (variant + " " + String.join(", ", fault.targets())).strip();
  }
}
