package dev.faultline.raft.etcd;

/** A request was refused with one of etcd's errors. Has no stack trace: it is an answer. */
public final class EtcdException extends Exception {

  private static final long serialVersionUID = 1L;

  private final EtcdError error;

  EtcdException(EtcdError error) {
    super(error.text(), null, false, false);
    this.error = error;
  }

  /** Returns the error. */
  public EtcdError error() {
    return error;
  }
}
