package dev.faultline.raft.etcd;

/**
 * The refusals that etcd's clients know, with the code and the text that they know them by (etcd's
 * {@code api/v3rpc/rpctypes/error.go}). Clients compare the text, so it must be the same to the
 * letter.
 */
public enum EtcdError {
  EMPTY_KEY(Code.INVALID_ARGUMENT, "etcdserver: key is not provided"),
  KEY_NOT_FOUND(Code.INVALID_ARGUMENT, "etcdserver: key not found"),
  VALUE_PROVIDED(Code.INVALID_ARGUMENT, "etcdserver: value is provided"),
  LEASE_PROVIDED(Code.INVALID_ARGUMENT, "etcdserver: lease is provided"),
  TOO_MANY_OPS(Code.INVALID_ARGUMENT, "etcdserver: too many operations in txn request"),
  DUPLICATE_KEY(Code.INVALID_ARGUMENT, "etcdserver: duplicate key given in txn request"),
  INVALID_SORT_OPTION(Code.INVALID_ARGUMENT, "etcdserver: invalid sort option"),
  REQUEST_TOO_LARGE(Code.INVALID_ARGUMENT, "etcdserver: request is too large"),
  COMPACTED(Code.OUT_OF_RANGE, "etcdserver: mvcc: required revision has been compacted"),
  FUTURE_REVISION(Code.OUT_OF_RANGE, "etcdserver: mvcc: required revision is a future revision"),
  LEASE_NOT_FOUND(Code.NOT_FOUND, "etcdserver: requested lease not found"),
  TOO_MANY_REQUESTS(Code.RESOURCE_EXHAUSTED, "etcdserver: too many requests"),
  NO_LEADER(Code.UNAVAILABLE, "etcdserver: no leader"),
  TIMEOUT(Code.UNAVAILABLE, "etcdserver: request timed out"),
  STOPPED(Code.UNAVAILABLE, "etcdserver: server stopped"),
  NOT_LEADER(Code.FAILED_PRECONDITION, "etcdserver: not leader"),
  NOT_SUPPORTED(Code.UNIMPLEMENTED, "etcdserver: not supported by this server");

  private final Code code;
  private final String text;

  EtcdError(Code code, String text) {
    this.code = code;
    this.text = text;
  }

  /** Returns the number of the gRPC status that carries this error. */
  public int codeNumber() {
    return code.number;
  }

  /** Returns the text as clients see it. */
  public String text() {
    return text;
  }

  /** Returns an exception that carries this error. */
  public EtcdException exception() {
    return new EtcdException(this);
  }

  /** The gRPC status codes that occur here; their numbers are part of gRPC's protocol. */
  private enum Code {
    INVALID_ARGUMENT(3),
    NOT_FOUND(5),
    RESOURCE_EXHAUSTED(8),
    FAILED_PRECONDITION(9),
    OUT_OF_RANGE(11),
    UNIMPLEMENTED(12),
    UNAVAILABLE(14);

    private final int number;

    Code(int number) {
      this.number = number;
    }
  }
}
