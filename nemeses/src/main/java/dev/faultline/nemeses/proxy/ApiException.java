package dev.faultline.nemeses.proxy;

/** A request that cannot be fulfilled, with the status and the text that Toxiproxy answers. */
final class ApiException extends Exception {

  private final int status;

  ApiException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
