package dev.faultline.harness.run;

import dev.faultline.checkers.history.Event;
import dev.faultline.harness.interpreter.Recorder;

/** Counts what goes by on its way to another recorder. Used on the loop only. */
final class TallyingRecorder implements Recorder {

  private final Recorder next;
  private long ok;
  private long fail;
  private long info;

  TallyingRecorder(Recorder next) {
    this.next = next;
  }

  @Override
  public void record(Event event) {
    if (!event.isNemesis()) {
      switch (event.type()) {
        case INVOKE -> {}
        case OK -> ok++;
        case FAIL -> fail++;
        case INFO -> info++;
      }
    }
    next.record(event);
  }

  long ok() {
    return ok;
  }

  long fail() {
    return fail;
  }

  long info() {
    return info;
  }
}
