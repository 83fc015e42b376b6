package dev.faultline.nemeses.proxy;

/** Where bytes go next: a toxic, or the socket at the end. Used by one thread at a time. */
interface Sink {

  /**
   * Takes bytes, waiting for room if it must. The buffer may be used again afterwards.
   *
   * @param arrivedNanos when they came in from the network
   * @return whether more is welcome; false once the stream has ended
   */
  boolean put(byte[] buffer, int offset, int length, long arrivedNanos);

  /** Says that nothing will follow. */
  void end();
}
