package dev.faultline.checkers.linearizability;

/**
 * Adds up how many keys are done, over the parts of a history; how many there are in all is
 * extrapolated where it is not known.
 */
final class KeysDone implements CheckProgress {

  private final CheckProgress progress;
  private final long keys;
  private final long events;
  private long keysBefore;
  private long eventsBefore;
  private volatile int keysInPart;

  KeysDone(CheckProgress progress, long keys, long events) {
    this.progress = progress;
    this.keys = keys;
    this.events = events;
  }

  @Override
  public void advanced(int keysDone, int keysOfPart) {
    keysInPart = keysOfPart;
    long done = keysBefore + keysDone;
    progress.advanced(clamped(done), clamped(Math.max(done, keys > 0 ? keys : about())));
  }

  /** Goes on to the next part. */
  void finished(long eventsOfPart) {
    keysBefore += keysInPart;
    eventsBefore += eventsOfPart;
    keysInPart = 0;
  }

  private long about() {
    return eventsBefore == 0 ? 0 : (long) ((double) keysBefore * events / eventsBefore);
  }

  private static int clamped(long number) {
    return (int) Math.min(Integer.MAX_VALUE, number);
  }
}
